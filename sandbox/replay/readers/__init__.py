"""One module per source: each recorded series as mornings that hold only what the series knows."""

"""One module per site: a morning of the world as the exact bytes that the site would answer."""

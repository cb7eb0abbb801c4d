"""Reading: the paper, page by page; its past; what it rests on; what readers say of it."""

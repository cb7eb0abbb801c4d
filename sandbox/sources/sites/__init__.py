"""One module per site: which list a request means, with the site's own parameters, limits and refusals."""

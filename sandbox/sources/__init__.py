"""Local stand-ins for the sites that the paper reads, speaking each site's real wire format."""

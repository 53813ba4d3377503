"""The pages and plain addresses of the HTTP server, one file each."""

"""Tools of assistants (Model Context Protocol), over HTTP and stdio: each is a request to version 1 of the API."""

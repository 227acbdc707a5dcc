"""What pages and exports make of stories: rows, roles, figures. Pure."""

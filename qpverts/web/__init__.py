"""Our own HTTP routes, beside Streamlit's pages."""

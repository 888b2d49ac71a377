"""Everything that needs Streamlit."""

"""Charts, for Plotly or as plain SVG."""

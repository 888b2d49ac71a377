/* What our scripts look for in Streamlit's own page: said once, here, for Streamlit promises none of it.
 *
 * Sent before the scripts that read it. What each name is in the page: streamlit.json, which the style sheets go by
 * too, and which a test holds against the Streamlit that is installed.
 */
"use strict";

window.qpvertsStreamlit = {
  main: '[data-testid="stMain"]',
  maps: 'iframe[src*="streamlit_folium.st_folium"]',
  menuLinks: '[data-testid="stTopNavLink"], [data-testid="stSidebarNavLink"]',
  sideLink: '[data-testid="stSidebarNavLink"]',
  sideClose: '[data-testid="stSidebarCollapseButton"] button[aria-expanded="true"]',
  skipLink: '[data-testid="stSkipToContent"]',
  choices:
    '[role="listbox"], [data-testid="stSelectboxVirtualDropdown"], [data-testid="stMultiSelectDropdown"]',
  dialog: '[role="dialog"]',
};

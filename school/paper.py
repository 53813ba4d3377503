"""Paper: schools in the United States and Canada print on Letter, all others on A4."""

A4, LETTER = "a4", "letter"
PAPERS = (A4, LETTER)

_AMERICA = """
Adak Anchorage Atikokan Blanc-Sablon Boise Cambridge_Bay Chicago Creston Dawson Dawson_Creek
Denver Detroit Edmonton Fort_Nelson Glace_Bay Goose_Bay Halifax Indiana/Indianapolis Indiana/Knox
Indiana/Marengo Indiana/Petersburg Indiana/Tell_City Indiana/Vevay Indiana/Vincennes
Indiana/Winamac Inuvik Iqaluit Juneau Kentucky/Louisville Kentucky/Monticello Los_Angeles
Menominee Metlakatla Moncton New_York Nome North_Dakota/Beulah North_Dakota/Center
North_Dakota/New_Salem Phoenix Puerto_Rico Rankin_Inlet Regina Resolute Sitka St_Johns St_Thomas
Swift_Current Toronto Vancouver Whitehorse Winnipeg Yakutat
Atka Fort_Wayne Indianapolis Knox_IN Louisville Montreal Nipigon Pangnirtung Rainy_River Shiprock
Thunder_Bay Virgin Yellowknife
"""
_PACIFIC = "Guam Honolulu Pago_Pago Saipan"
_ELSEWHERE = ("EST", "EST5EDT", "CST6CDT", "MST", "MST7MDT", "PST8PDT", "HST")
"""The zones of the two countries, by their places in the IANA database, older names too."""
LETTER_ZONES = frozenset(
    {f"America/{place}" for place in _AMERICA.split()}
    | {f"Pacific/{place}" for place in _PACIFIC.split()}
    | set(_ELSEWHERE)
)


def paper_of(zone: str) -> str:
    """The paper of a school in this time zone: `letter` or `a4`."""
    return LETTER if zone in LETTER_ZONES or zone.startswith(("US/", "Canada/")) else A4

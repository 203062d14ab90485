"""directory: services and counters that a family can turn to, as the city's pack lists them.

Never holds a telephone number or hours that nobody confirmed (the pack leaves them out); never keeps a worry.

service: load(pack) brings the table to the pack; queries: all_services(), list_services(),
get_service() give public values; matching: match() ranks services for a worry and says why (pure);
rules: admits(), serves(), is_open(); exports: as_json(), as_csv()
"""

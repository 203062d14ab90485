"""meetings: who decided what on which case, when it is looked at again; registers and statistics.

緊急受理会議, 受理会議, 個別ケース検討会議 and 実務者会議 are records. Decisions are added, never changed;
a later one takes the place of an earlier one. What is published never gives back a small number.

queries: meetings(), get_meeting(), decisions(), decision(), agenda(), register(); service: hold(),
decide(), change_cell(); rules: agenda_of(), check_decision(); suppression: hidden_in();
statistics: count(); block: decisions_block()
"""

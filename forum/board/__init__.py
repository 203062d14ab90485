"""board: threads and posts, written by anonymous hands that change their name in every thread.

Never knows who wrote something, only a tag that the writer can prove; never masks, judges or
searches; never shows what was withdrawn, hidden or held.

service: open_thread(), reply(), edit_thread(), edit_post(), withdraw_thread(), withdraw_post(),
take_back(), keep_inside(), me_too(), helped(), solve(); reviewing: admitted(), help_page();
queries: get_thread(), thread_page(), threads(), threads_by_ids(), answer_time(); own: own_threads();
index_feed: documents_of(), batches(); importing: missing(), add(); rules: propose_title(), check_text()
"""

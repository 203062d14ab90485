"""screening: is it taken up, what was found, how urgent, how grave, how close; assessment sheets.

受理 and 判定 are decisions of their own; 緊急度, 重症度 and ケースランク are three fields that are never
computed from one another. Sheets are files that the city edits; their rules only raise, and what is
unknown is never counted as safe. Knows no score, and never lowers a clock.

catalogue: current(); rules: outcome(), joined(), check_record(); service: assess(), record();
queries: assessments(), screening_of(), codes_of(), codes(); block: assessment_block()
"""

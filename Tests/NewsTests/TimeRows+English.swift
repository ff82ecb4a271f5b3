import Text

/// Times, asked on Friday, 18 July 2025 in English texts: what is found and how it is read.
extension MentionRow {
    static let englishTimes: [MentionRow] = [
        MentionRow("What happened last week?", .english, ["last week = 2025-07-07..2025-07-14"]),
        MentionRow("what happened in july", .english, ["in july = 2025-07-01..2025-08-01"]),
        MentionRow("what happened in may 2025", .english, ["in may 2025 = 2025-05-01..2025-06-01"]),
        MentionRow(
            "news this week and today", .english,
            ["this week = 2025-07-14..2025-07-21", "today = 2025-07-18..2025-07-19"]),
        MentionRow("in the past 3 days", .english, ["in the past 3 days = 2025-07-15.."]),
        MentionRow("over the last two weeks", .english, ["over the last two weeks = 2025-07-04.."]),
        MentionRow("past week in crypto", .english, ["past week = 2025-07-11.."]),
        MentionRow("last 24 hours", .english, ["last 24 hours = 2025-07-17T12:00:00Z.."]),
        MentionRow("in the last few days", .english, ["in the last few days = 2025-07-15.."]),
        MentionRow("since 2024", .english, ["since 2024 = 2024-01-01.."]),
        MentionRow("since January", .english, ["since January = 2025-01-01.."]),
        MentionRow("before June 2025", .english, ["before June 2025 = ..2025-06-01"]),
        MentionRow(
            "between March and May 2025", .english, ["between March and May 2025 = 2025-03-01..2025-06-01"]),
        MentionRow(
            "between November and January", .english,
            ["between November and January = 2024-11-01..2025-02-01"]),
        MentionRow("from 2023 to 2025", .english, ["from 2023 to 2025 = 2023-01-01..2026-01-01"]),
        MentionRow("news from yesterday", .english, ["from yesterday = 2025-07-17..2025-07-18"]),
        MentionRow("articles from July 2025", .english, ["from July 2025 = 2025-07-01..2025-08-01"]),
        MentionRow("from 2024 onwards", .english, ["from 2024 onwards = 2024-01-01.."]),
        MentionRow("on 18 July", .english, ["on 18 July = 2025-07-18..2025-07-19"]),
        MentionRow("on July 18th", .english, ["on July 18th = 2025-07-18..2025-07-19"]),
        MentionRow("by the end of 2024", .english, ["by the end of 2024 = ..2025-01-01"]),
        MentionRow("in early 2025", .english, ["in early 2025 = 2025-01-01..2026-01-01"]),
        MentionRow("in Q3 2025", .english, ["in Q3 2025 = 2025-07-01..2025-10-01"]),
        MentionRow(
            "in the third quarter of 2025", .english,
            ["in the third quarter of 2025 = 2025-07-01..2025-10-01"]),
        MentionRow("first half of 2024", .english, ["first half of 2024 = 2024-01-01..2024-07-01"]),
        MentionRow(
            "What is the most recent update so far this year?", .english,
            ["most recent = latest", "so far = latest", "this year = 2025-01-01..2026-01-01"]),
        MentionRow("What is happening right now?", .english, ["right now = latest"]),
        MentionRow("iPhone sales 2024?", .english, ["2024 = 2024-01-01..2025-01-01"]),
        MentionRow("WWDC 2024?", .english, []),
        MentionRow("after last Friday", .english, ["after last Friday = 2025-07-12.."]),
        MentionRow("until yesterday", .english, ["until yesterday = ..2025-07-18"]),
        MentionRow("this year", .english, ["this year = 2025-01-01..2026-01-01"]),
        MentionRow("last month", .english, ["last month = 2025-06-01..2025-07-01"]),
        MentionRow("three days ago", .english, ["three days ago = 2025-07-15..2025-07-16"]),
        MentionRow("on monday", .english, ["on monday = 2025-07-14..2025-07-15"]),
        MentionRow("until now", .english, []),
        MentionRow("how many days in 25 years", .english, []),
        MentionRow("the 308 to 122 vote", .english, []),
        MentionRow("prior to 2020", .english, ["prior to 2020 = ..2020-01-01"]),
        MentionRow("during the past year", .english, ["during the past year = 2024-07-18.."]),
        MentionRow("within the last 12 months", .english, ["within the last 12 months = 2024-07-18.."]),
        MentionRow("Q4", .english, ["Q4 = 2024-10-01..2025-01-01"]),
        MentionRow("in December", .english, ["in December = 2024-12-01..2025-01-01"]),
        MentionRow("before yesterday", .english, ["before yesterday = ..2025-07-17"]),
        MentionRow("the newest model", .english, ["newest = latest"]),
        MentionRow("recently", .english, ["recently = latest"]),
        MentionRow("what may happen", .english, []),
    ]
}

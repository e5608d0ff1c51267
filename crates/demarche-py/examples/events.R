# Events by pair of states and month, with their mean score, of what Demarche wrote.
#
# usage: Rscript events.R PATH
#
# PATH is the folder `events` of `demarche-spark`, a Parquet file of `demarche export parquet` (both need the packages arrow and dplyr), or a table of
# `demarche events --format csv`, which needs base R alone.

path <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(path)) stop("give a Parquet file, a folder of these, or a CSV file")

first_country <- function(parties) {
  vapply(parties, function(of) {
    known <- of$country[!is.na(of$country)]
    if (length(known)) known[1] else NA_character_
  }, character(1))
}

if (grepl("\\.csv$", path)) {
  events <- read.csv(path)
  # Parties are written as `Shinzo Abe (JPN) + Taro Kono (JPN)`.
  country <- function(names) {
    found <- regmatches(names, regexpr("\\([A-Z]{3}\\)", names))
    out <- rep(NA_character_, length(names))
    out[grepl("\\([A-Z]{3}\\)", names)] <- gsub("[()]", "", found)
    out
  }
  events$actor <- country(events$actors)
  events$recipient <- country(events$recipients)
} else {
  wanted <- c("from", "quad", "score", "status", "historic", "actors", "recipients")
  events <- as.data.frame(dplyr::collect(dplyr::select(arrow::open_dataset(path), dplyr::all_of(wanted))))
  events$actor <- first_country(events$actors)
  events$recipient <- first_country(events$recipients)
}

# What is only looked back on, denied or failed is no event of its month.
events <- events[!events$historic %in% c(TRUE, "true") & !events$status %in% c("denied", "failed"), ]
events$month <- substr(as.character(events$from), 1, 7)
both <- events[!is.na(events$actor) & !is.na(events$recipient) & events$actor != events$recipient, ]
counts <- aggregate(cbind(events = 1, score) ~ month + actor + recipient, both, sum)
counts$score <- round(counts$score / counts$events, 2)
print(head(counts[order(-counts$events, counts$month), ], 20), row.names = FALSE)

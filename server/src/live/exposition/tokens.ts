// The tokens of a scrape body and how Prometheus names them. Shared by the scanners of both formats; knows neither.

export type Token =
  | "end"
  | "newline"
  | "help"
  | "type"
  | "unit"
  | "endWord"
  | "name"
  | "text"
  | "comment"
  | "openBrace"
  | "closeBrace"
  | "labelName"
  | "quoted"
  | "equal"
  | "comma"
  | "labelValue"
  | "value"
  | "timestamp"
  | "exemplar"
  | "blank"
  | "invalid";

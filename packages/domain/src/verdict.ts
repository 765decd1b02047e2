/** A text in both languages of the interface. */
export type Text = { zh: string; en: string }

/** `block`: must not go on. `warn`: tell the person, who may go on. `info`: nothing stands against it. */
export type Severity = 'block' | 'warn' | 'info'

/** V2, V1: text read in two, in one source. G: general knowledge. I: our reading where the text is silent. */
export type Confidence = 'V2' | 'V2+I' | 'V1' | 'V1+G' | 'V1+I' | 'G' | 'I'

export type Rule = {
  id: string
  text: Text
  citation: Text
  confidence: Confidence
  /** How hard a breach is: 必须, 应当, 不得 block; 一般, 不宜 warn. */
  severity: Severity
}

/** The answer of a rule. `severity` is `info` whenever `ok`, so that it alone tells what to do. */
export type Verdict<T> = {
  value: T
  ok: boolean
  ruleId: string
  citation: Text
  severity: Severity
  /** Edition of the text that was applied, when more than one exists. */
  version?: string
  /** True when the calendar of a year is missing and the answer may change once it is entered. */
  provisional?: boolean
}

/** A verdict under `rule`; `breach` overrides how hard a failure is. */
export function judge<T>(rule: Rule, value: T, ok: boolean, breach: Severity = rule.severity): Verdict<T> {
  return { value, ok, ruleId: rule.id, citation: rule.citation, severity: ok ? 'info' : breach }
}

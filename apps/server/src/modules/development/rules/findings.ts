import { developmentRefusals, type StepVerdict } from '@tongxin/contract'
import { type AdmissionEdition, findRule, type Severity, type Text, type Verdict } from '@tongxin/domain'

export type RefusalWord = keyof typeof developmentRefusals

/** What a rule says, with the word of the refusal or warning and the days it names. */
export type Finding = {
  readonly ruleId: string
  readonly ok: boolean
  readonly severity: Severity
  readonly word: RefusalWord | null
  readonly version: AdmissionEdition
  readonly provisional: boolean
  readonly earliestOn: string | null
  readonly latestOn: string | null
  readonly detail: Readonly<Record<string, string | number>>
  /** Where in the body the reason lies. */
  readonly field: string
  /** Article of a step that no rule governs. */
  readonly citation?: Text
}

type More = {
  readonly version: AdmissionEdition
  readonly word?: RefusalWord
  /** Breaches that no second try can mend are recorded with a reason instead of being refused. */
  readonly onlyWarns?: boolean
  readonly earliestOn?: string | null
  readonly latestOn?: string | null
  readonly detail?: Finding['detail']
  readonly field?: string
  readonly citation?: Text
}

/** A verdict of the domain as a finding. */
export function found<T>(verdict: Verdict<T>, more: More): Finding {
  const severity = verdict.ok ? 'info' : more.onlyWarns ? 'warn' : verdict.severity
  return {
    ruleId: verdict.ruleId,
    ok: verdict.ok,
    severity,
    word: verdict.ok ? null : (more.word ?? null),
    version: more.version,
    provisional: verdict.provisional ?? false,
    earliestOn: more.earliestOn ?? null,
    latestOn: more.latestOn ?? null,
    detail: more.detail ?? {},
    field: more.field ?? '/body/heldOn',
    ...(more.citation ? { citation: more.citation } : {}),
  }
}

/** A breach of a rule that has no function of its own: a missing step, papers, a vote of a committee. */
export function broken(ruleId: string, word: RefusalWord, more: More & { readonly severity?: Severity }): Finding {
  const rule = ruleOf(ruleId)
  return found(
    { value: false, ok: false, ruleId, citation: rule.citation, severity: more.severity ?? 'block' },
    { ...more, word },
  )
}

function ruleOf(id: string): NonNullable<ReturnType<typeof findRule>> {
  const rule = findRule(id)
  if (!rule) throw new Error(`no rule ${id}`)
  return rule
}

/** As the contract shows and the step keeps it. */
export function verdictOf(finding: Finding, reason: string | null): StepVerdict {
  const { text, citation } = ruleOf(finding.ruleId)
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    code: finding.word,
    citation: finding.citation ?? citation,
    text,
    version: finding.version,
    provisional: finding.provisional,
    earliestOn: finding.earliestOn,
    latestOn: finding.latestOn,
    reason,
    ...(Object.keys(finding.detail).length > 0 ? { detail: { ...finding.detail } } : {}),
  }
}

/** The refusal of a blocking finding: rule, citation, remedy, and the days that would do. */
export function refusalOf(finding: Finding): Error {
  const { text, ...rule } = ruleOf(finding.ruleId)
  const citation = finding.citation ?? rule.citation
  const word = finding.word ?? 'not_next'
  const detail = {
    ruleId: finding.ruleId,
    citationZh: citation.zh,
    citationEn: citation.en,
    ruleZh: text.zh,
    ruleEn: text.en,
    ...(finding.earliestOn ? { earliestOn: finding.earliestOn } : {}),
    ...(finding.latestOn ? { latestOn: finding.latestOn } : {}),
    ...finding.detail,
  }
  return developmentRefusals[word](detail, [{ field: finding.field, code: `development.${word}`, detail }])
}

export type Acknowledgement = { readonly ruleId: string; readonly reason: string }

/**
 * Refuses the first block; demands a reason for every warning; returns the verdicts to keep with the step.
 * @throws Refusal of the blocking rule, or `development.warning_open` naming the rules
 */
export function settleFindings(findings: readonly Finding[], acknowledged: readonly Acknowledgement[]): StepVerdict[] {
  const block = findings.find(({ severity }) => severity === 'block')
  if (block) throw refusalOf(block)
  const reasonOf = (ruleId: string) => acknowledged.find((each) => each.ruleId === ruleId)?.reason.trim() ?? null
  const open = findings.filter(({ severity, ruleId }) => severity === 'warn' && !reasonOf(ruleId))
  if (open.length > 0) {
    const rules = [...new Set(open.map(({ ruleId }) => ruleId))]
    throw developmentRefusals.warning_open(
      { rules },
      open.map(({ word, ruleId, detail, latestOn }) => {
        const { citation } = ruleOf(ruleId)
        const known = { ruleId, citationZh: citation.zh, citationEn: citation.en, ...detail }
        return {
          field: '/body/acknowledged',
          code: `development.${word ?? 'warning_open'}`,
          detail: latestOn ? { ...known, latestOn } : known,
        }
      }),
    )
  }
  return findings.map((finding) => verdictOf(finding, finding.severity === 'warn' ? reasonOf(finding.ruleId) : null))
}

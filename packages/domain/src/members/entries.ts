/**
 * Sub-tables of a record (catalogue D2): the facts of each kind. Every entry has a period; `sealed` facts are about
 * other people or penalties and are kept encrypted.
 */
export const ENTRY_KINDS = {
  career: { facts: ['workplace', 'jobTitle', 'note'], sealed: [] },
  education: { facts: ['school', 'major', 'level', 'degree', 'mode'], sealed: [] },
  post: { facts: ['title', 'organisation', 'document'], sealed: [] },
  award: { facts: ['title', 'awardedBy', 'document'], sealed: [] },
  penalty: { facts: ['type', 'decidedBy', 'document', 'liftedOn'], sealed: ['grounds'] },
  abroad: { facts: ['country', 'purpose', 'approvedBy'], sealed: ['document'] },
  family: { facts: ['relation'], sealed: ['name', 'bornOn', 'workplace', 'standing', 'phone'] },
  training: { facts: ['title', 'organiser', 'hours', 'result'], sealed: [] },
  appraisal: { facts: ['year', 'grade', 'note'], sealed: [] },
  service: { facts: ['title', 'organiser', 'hours'], sealed: [] },
  hardship: { facts: ['help', 'givenBy'], sealed: ['circumstances'] },
  dossier: { facts: ['document', 'pages', 'place', 'box', 'isMissing'], sealed: [] },
  loan: { facts: ['borrower', 'purpose', 'approvedBy', 'returnedOn'], sealed: [] },
} as const satisfies Record<string, { facts: readonly string[]; sealed: readonly string[] }>

export type EntryKind = keyof typeof ENTRY_KINDS
export const ENTRY_KIND_NAMES = Object.keys(ENTRY_KINDS) as EntryKind[]

/** Facts that this kind of entry does not know; empty when all are known. */
export function unknownEntryFacts(kind: EntryKind, names: readonly string[]): string[] {
  const { facts, sealed } = ENTRY_KINDS[kind]
  const known = new Set<string>([...facts, ...sealed])
  return names.filter((name) => !known.has(name))
}

export type OrgEvents = {
  'org.founded': { name: string; kind: string; effectiveOn: string }
  'org.renamed': { name: string; effectiveOn: string }
  'org.moved': { fromParentId: string | null; toParentId: string; effectiveOn: string; rewritten: number }
  'org.merged': { intoId: string; effectiveOn: string; members: number; rewritten: number }
  'org.dissolved': { effectiveOn: string }
  'org.upgraded': { from: string; to: string; effectiveOn: string }
  'org.split': { newId: string; effectiveOn: string }
  'org.term_set': { fromOn: string; untilOn: string }
  'org.term_shifted': { untilOn: string; plannedUntilOn: string }
  'org.post_taken': { postId: string; post: string; memberId: string; fromOn: string }
  'org.post_left': { postId: string; post: string; memberId: string; untilOn: string }
  'org.post_reported': { postId: string; post: string; memberId: string; reportedOn: string }
  'org.exported': { rows: number; sha256: string }
  'org.corrected': { fields: string[]; effectiveOn: string }
}

export type OrgEvents = {
  'org.founded': { name: string; kind: string; effectiveOn: string }
  'org.renamed': { name: string; effectiveOn: string }
  'org.moved': { fromParentId: string | null; toParentId: string; effectiveOn: string; rewritten: number }
  'org.merged': { intoId: string; effectiveOn: string; members: number }
  'org.dissolved': { effectiveOn: string }
  'org.corrected': { fields: string[]; effectiveOn: string }
}

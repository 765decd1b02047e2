export type MediaEvents = {
  'media.added': { kind: string }
  'media.changed': { fields: string[] }
  'media.replaced': { number: number }
  'media.succeeded': { successorId: string; drafts: number }
  'media.transcode_asked': Record<string, never>
  'media.transcoding': Record<string, never>
  'media.ready': { kind: string; seconds: number }
  'media.kept_original': { kind: string }
  'media.failed': { fault: string }
  'media.captions_put': { language: string; cues: number }
  'media.captions_removed': { language: string }
  'media.proposed': { what: string; title: string }
  'media.proposal_accepted': { what: string; title: string; personId: string }
  'media.proposal_refused': { what: string; title: string; personId: string; reason: string }
  'media.proposal_withdrawn': { what: string; title: string }
  'media.removed': Record<string, never>
  'media.restored': Record<string, never>
  'media.exported': { rows: number; format: string; sha256: string }
}

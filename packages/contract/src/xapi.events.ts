import type { ActivityKind, FactVerb } from '@tongxin/domain/learning/fact'

export type XapiEvents = {
  /** A fact from which credit-hours may follow, of our own authority only. */
  'xapi.stated': { statementId: string; memberId: string; verb: FactVerb; kind: ActivityKind; activityId: string }
  'xapi.credential_issued': { name: string; rights: string[] }
  'xapi.credential_ended': { name: string }
  'xapi.exported': { rows: number; sha256: string }
}

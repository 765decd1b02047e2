import type { ActivityKind, FactVerb } from '@tongxin/domain/learning/fact'

export type XapiEvents = {
  /** A fact from which credit-hours may follow, of our own authority only. */
  'xapi.stated': { statementId: string; memberId: string; verb: FactVerb; kind: ActivityKind; activityId: string }
  'xapi.credential_issued': { name: string; scopes: string[] }
  'xapi.credential_ended': { name: string; reason: string }
  'xapi.exported': { rows: number; purpose: string; sha256: string }
}

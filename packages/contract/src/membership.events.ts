export type MembershipEvents = {
  'membership.absence_reported': { kind: string; memberId: string }
  'membership.absence_changed': { fields: string[] }
  'membership.contacted': { way: string; reached: boolean }
  'membership.absence_confirmed': { hostOrgId: string }
  'membership.absence_ended': { kind: string; end: string }
  'membership.absences_exported': { rows: number; format: string; sha256: string }
  'membership.absence_printed': { kind: string; format: string }
  'membership.proposed': { kind: string; memberId: string; ruleIds: string[] }
  'membership.branch_decided': { kind: string; carried: boolean }
  'membership.approved': { kind: string; memberId: string; effectiveOn: string }
  'membership.returned': { kind: string; makerId: string }
  'membership.withdrawn': { kind: string }
  'membership.served': { kind: string; way: string }
  'membership.appealed': { kind: string }
  'membership.appeal_decided': { kind: string; outcome: string }
  'membership.month_confirmed': { month: string; people: number }
  'membership.month_closed': { month: string }
  'membership.month_reopened': { month: string }
  'membership.movements_exported': { rows: number; format: string; month: string; sha256: string }
}

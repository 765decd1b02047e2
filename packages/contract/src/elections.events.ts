export type ElectionsEvents = {
  'elections.created': { kind: string; seats: number }
  'elections.changed': { fields: string[] }
  'elections.requested': { documentNumber: string }
  'elections.approved': { documentNumber: string; makerId: string | null }
  'elections.returned': { from: string; makerId: string | null }
  'elections.nominated': { memberId: string }
  'elections.nomination_withdrawn': { memberId: string }
  'elections.group_appointed': { people: number }
  'elections.candidates_reported': { candidates: number; documentNumber: string }
  'elections.candidates_approved': { documentNumber: string; makerId: string | null }
  'elections.publicity_posted': { from: string; until: string; late: boolean }
  'elections.publicity_closed': { until: string }
  'elections.delegates_allotted': { units: number; seats: number }
  'elections.credentials_examined': { people: number; confirmed: boolean }
  'elections.method_adopted': { on: string; inFavour: number }
  'elections.tellers_appointed': { supervisors: number; counters: number }
  'elections.roll_drawn': { people: number }
  'elections.left_out': { people: number; consented: boolean }
  'elections.presence_entered': { present: number; shouldAttend: number }
  'elections.round_opened': { body: string; kind: string; channel: string; present: number }
  'elections.count_entered': { roundId: string }
  'elections.round_counted': { body: string; action: string; elected: number }
  'elections.seats_reduced': { seats: number; consenting: number }
  'elections.reported': { documentNumber: string }
  'elections.completed': { documentNumber: string; makerId: string | null; orgId: string; on: string }
  'elections.cancelled': { state: string }
  'elections.handover_entered': { handoverId: string; items: number; personIds: string[] }
  'elections.handover_confirmed': { handoverId: string; as: string; isLast: boolean }
  'elections.handover_withdrawn': { handoverId: string; personIds: string[] }
  'elections.exported': { list: string; rows: number; format: string; sha256: string }
}

export type TelevisionEvents = {
  'television.channel_opened': { name: string }
  'television.channel_changed': { name: string }
  'television.channel_ended': { name: string }
  'television.channel_reopened': { name: string }
  'television.programme_added': { title: string; mediaId: string }
  'television.programme_changed': { title: string; isOnDemand: boolean }
  'television.programme_removed': { title: string }
  'television.programme_restored': { title: string }
  'television.reordered': { programmes: number }
  'television.scheduled': { title: string; slots: number; startsAt: string }
  'television.unscheduled': { title: string; startsAt: string }
  'television.rescheduled': { title: string; startsAt: string }
  'television.set_paired': { name: string }
  'television.set_changed': { name: string }
  'television.set_ended': { name: string }
  'television.meeting_shown': { setName: string; title: string; meetingId: string }
  'television.meeting_taken_off': { setName: string; title: string }
  'television.began': { setName: string; title: string; programmeId: string }
  'television.ended': { setName: string; title: string; programmeId: string; isWhole: boolean; present: number }
  'television.present': { memberId: string; way: string; title: string }
  'television.people_added': { people: number; title: string }
  'television.presence_struck': { memberId: string; title: string }
  'television.exported': { rows: number; sha256: string }
}

export type TopicsEvents = {
  'topics.wished': { title: string; threshold: number }
  'topics.withdrawn': { title: string }
  'topics.supported': { isSupported: boolean; supporters: number }
  'topics.reached': { title: string; supporters: number }
  'topics.unmet': { title: string; supporters: number; threshold: number }
  'topics.moderated': { title: string; isHidden: boolean; personId: string }
  'topics.merged': { title: string; intoId: string; moved: number }
  'topics.unmerged': { title: string; intoId: string; moved: number }
  'topics.called': { title: string; tags: string[] }
  'topics.course_begun': { title: string; courseId: string }
  'topics.enrolled': { isEnrolled: boolean; enrolled: number }
  'topics.taught': { title: string; meetingId: string; completed: number }
  /** Who rated and how stays between the person and the mean. */
  'topics.rating_given': { title: string; ratings: number }
  'topics.lecturer_offered': { name: string; isOutside: boolean }
  'topics.slots_set': { slots: number }
  'topics.lecturer_reviewed': { name: string; approved: boolean }
  'topics.lecturer_ended': { name: string }
  'topics.matched': { wishes: number; lecturers: number; placed: number; demand: number; greedyDemand: number }
  'topics.proposed': { title: string; topicId: string; personId: string | null; onDate: string }
  'topics.answered': { topicId: string; side: string; accepted: boolean; agreed: boolean }
  'topics.lapsed': { topicId: string }
  'topics.scheduled': { title: string; topicId: string; meetingId: string; startsAt: string }
  'topics.unscheduled': { title: string; meetingId: string }
  'topics.missed': { topicId: string; lecturer: string }
  'topics.exported': { rows: number; format: string; sha256: string }
}

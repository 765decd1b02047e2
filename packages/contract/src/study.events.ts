/** Notes, drafts and the diary of days leave no event: they are nobody else's business. */
export type StudyEvents = {
  'study.note_shared': { isShared: boolean }
  'study.task_set': { title: string; kind: string; dueOn: string }
  'study.task_changed': { title: string; dueOn: string }
  'study.task_moved': { title: string; state: string }
  'study.task_reminded': { title: string; dueOn: string; people: number }
  'study.handed_in': { title: string; kind: string; round: number; isLate: boolean }
  /** `taskId` null: nobody asked for it. `handedInOn`: the day on which what was marked was handed in. */
  'study.marked': {
    title: string
    grade: string
    round: number
    kind: 'homework' | 'reflection'
    taskId: string | null
    memberId: string
    handedInOn: string
  }
  'study.returned': { title: string; round: number }
  'study.consented': { title: string; wantsShow: boolean }
  'study.shown': { title: string; isShown: boolean }
  'study.remarked': { title: string; writerId: string }
  'study.remark_withdrawn': { isOwn: boolean }
  'study.exported': { rows: number; format: string; sha256: string }
  'study.group_made': { name: string; members: number; personIds: string[] }
  'study.group_changed': { name: string; members: number }
  'study.group_moved': { name: string; state: string }
  'study.session_planned': { name: string; topic: string; onDate: string; groupId: string; personIds: string[] }
  'study.session_changed': { topic: string; onDate: string; isCancelled: boolean; groupId: string; personIds: string[] }
  'study.minutes_written': { topic: string; present: number }
  'study.session_confirmed': {
    sessionId: string
    topic: string
    onDate: string
    minutes: number
    memberIds: string[]
  }
  /** That somebody said something in a group, never to whom and what. */
  'study.feedback_given': { groupId: string }
  'study.campaign_made': { title: string }
  'study.campaign_changed': { title: string }
  'study.campaign_moved': { title: string; state: string; tasks: number; questions: number; untilOn: string }
  'study.campaign_summed': { title: string }
  'study.posted': { title: string; isWaiting: boolean }
  'study.post_decided': { title: string; isShown: boolean; isPinned: boolean; campaignId: string; writerId: string }
  'study.post_withdrawn': { campaignId: string }
  'study.views_exported': { title: string; posts: number; format: string; sha256: string }
}

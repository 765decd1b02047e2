/** Columns, articles and what is said about them (信息发布). Subjects are the column, the article or the comment. */
export type PublishingEvents = {
  'publishing.column_made': { name: string; audience: string; comments: string }
  'publishing.column_changed': { name: string; audience: string; comments: string }
  'publishing.column_closed': { name: string; isOpen: boolean }
  'publishing.drafted': { title: string; column: string }
  'publishing.saved': { title: string }
  'publishing.submitted': { title: string }
  'publishing.taken_back': { title: string }
  'publishing.reviewed': { title: string; isPassed: boolean }
  'publishing.finished': { title: string; isPassed: boolean }
  'publishing.scheduled': { title: string; releaseAt: string }
  'publishing.released': { title: string; column: string; number: number }
  'publishing.pinned': { title: string; isPinned: boolean }
  'publishing.withdrawn': { title: string; isConsentWithdrawn: boolean }
  'publishing.restored': { title: string }
  'publishing.correcting': { title: string }
  'publishing.dropped': { title: string }
  'publishing.commented': { title: string; isShown: boolean }
  'publishing.comment_taken_back': { title: string }
  'publishing.comment_decided': { title: string; isShown: boolean }
  'publishing.feedback_sent': { title: string }
  'publishing.link_broken': { title: string; host: string }
  'publishing.exported': { rows: number; format: string; sha256: string }
}

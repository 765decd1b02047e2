/**
 * Conversations. What is said leaves no event, nor does who talks with whom: only what is done with a group. Subjects
 * are the conversation or the report.
 */
export type ConversationsEvents = {
  'conversations.team_made': { people: number }
  'conversations.invited': { people: number }
  'conversations.left': { people: number }
  'conversations.removed': { people: number }
  'conversations.renamed': { people: number }
  'conversations.silenced': { name: string; until: string }
  'conversations.unsilenced': { name: string }
  'conversations.guest_admitted': { name: string; untilOn: string }
  'conversations.guest_ended': { name: string }
  'conversations.summarized': { messages: number; people: number; format: string; sha256: string }
  'conversations.reported': { messages: number }
  'conversations.report_opened': { messages: number }
  'conversations.report_decided': { isUpheld: boolean }
}

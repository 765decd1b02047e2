/**
 * Every event of the product, `module.fact` in the past tense, with its payload. Payloads carry ids and names of
 * fields, never sensitive values. Find-references on one name shows its publisher and all reactions. Modules add
 * their own by declaration in `<module>.events.ts` of this package.
 */

import type { AccessEvents } from './access.events.ts'
import type { AppraisalEvents } from './appraisal.events.ts'
import type { AuditEvents } from './audit.events.ts'
import type { ChannelsEvents } from './channels.events.ts'
import type { ConversationsEvents } from './conversations.events.ts'
import type { CoursewareEvents } from './courseware.events.ts'
import type { CreditsEvents } from './credits.events.ts'
import type { DeadlinesEvents } from './deadlines.events.ts'
import type { DemonstrationEvents } from './demonstration.events.ts'
import type { DevelopmentEvents } from './development.events.ts'
import type { ElectionsEvents } from './elections.events.ts'
import type { ExamsEvents } from './exams.events.ts'
import type { FilesEvents } from './files.events.ts'
import type { ImportsEvents } from './imports.events.ts'
import type { LearningEvents } from './learning.events.ts'
import type { LibraryEvents } from './library.events.ts'
import type { MediaEvents } from './media.events.ts'
import type { MeetingsEvents } from './meetings.events.ts'
import type { MembersEvents } from './members.events.ts'
import type { MembershipEvents } from './membership.events.ts'
import type { NoticesEvents } from './notices.events.ts'
import type { OrgEvents } from './org.events.ts'
import type { PublishingEvents } from './publishing.events.ts'
import type { SettingsEvents } from './settings.events.ts'
import type { StudyEvents } from './study.events.ts'
import type { TasksEvents } from './tasks.events.ts'
import type { TelevisionEvents } from './television.events.ts'
import type { TopicsEvents } from './topics.events.ts'
import type { TransfersEvents } from './transfers.events.ts'
import type { VotingEvents } from './voting.events.ts'
import type { XapiEvents } from './xapi.events.ts'

export type Events = AccessEvents &
  AppraisalEvents &
  AuditEvents &
  ConversationsEvents &
  CoursewareEvents &
  CreditsEvents &
  DeadlinesEvents &
  DemonstrationEvents &
  DevelopmentEvents &
  ElectionsEvents &
  ExamsEvents &
  FilesEvents &
  ImportsEvents &
  LearningEvents &
  LibraryEvents &
  MediaEvents &
  MeetingsEvents &
  MembersEvents &
  MembershipEvents &
  NoticesEvents &
  OrgEvents &
  PublishingEvents &
  SettingsEvents &
  StudyEvents &
  TasksEvents &
  TelevisionEvents &
  TopicsEvents &
  TransfersEvents &
  VotingEvents &
  XapiEvents &
  ChannelsEvents
export type EventType = keyof Events & string

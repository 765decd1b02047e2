import type { QueryClient } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import { parseSearch, routesOf, screen, stringifySearch } from '@tongxin/client/screen'
import { sessionQuery } from '@tongxin/client/session'
import { Skeleton } from '@tongxin/ui'
import { outside, paths } from './paths.ts'
import { ErrorPage } from './shell/ErrorPage.tsx'
import { NotFoundPage } from './shell/NotFoundPage.tsx'
import { Shell } from './shell/Shell.tsx'

/** Every page of the desk. A feature adds its rows here. */
const screens = [
  screen(paths.workbench(), () => import('./shell/WorkbenchPage.tsx')),
  screen(paths.members.list(), () => import('./features/members/MembersPage.tsx')),
  screen(paths.members.add(), () => import('./features/members/MemberFormPage.tsx')),
  screen(paths.members.bin(), () => import('./features/members/BinPage.tsx')),
  screen(paths.members.structure(), () => import('./features/members/StructurePage.tsx')),
  screen(paths.quality.scores(), () => import('./features/members/quality/ScoresPage.tsx')),
  screen(paths.quality.records('$id'), () => import('./features/members/quality/ScoreRecordsPage.tsx')),
  screen(paths.quality.findings(), () => import('./features/members/quality/FindingsPage.tsx')),
  screen(paths.quality.papers(), () => import('./features/members/quality/LackingPage.tsx')),
  screen(paths.quality.errors(), () => import('./features/members/quality/ErrorsPage.tsx')),
  screen(paths.quality.error('$id'), () => import('./features/members/quality/ErrorPage.tsx')),
  screen(paths.quality.samples(), () => import('./features/members/quality/SamplesPage.tsx')),
  screen(paths.quality.sample('$id'), () => import('./features/members/quality/SamplePage.tsx')),
  screen(paths.quality.assignments(), () => import('./features/members/quality/AssignmentsPage.tsx')),
  screen(paths.members.duplicates(), () => import('./features/members/DuplicatesPage.tsx')),
  screen(paths.members.merge(), () => import('./features/members/MergePage.tsx')),
  screen(paths.members.one('$id'), () => import('./features/members/MemberPage.tsx')),
  screen(paths.members.edit('$id'), () => import('./features/members/MemberFormPage.tsx')),
  screen(paths.members.dossier('$id'), () => import('./features/members/DossierPrintPage.tsx')),
  screen(paths.members.loans(), () => import('./features/members/LoansPage.tsx')),
  screen(paths.memberChanges.list(), () => import('./features/members/ChangesPage.tsx')),
  screen(paths.memberChanges.one('$id'), () => import('./features/members/ChangePage.tsx')),
  screen(paths.imports.list(), () => import('./features/imports/ImportsPage.tsx')),
  screen(paths.imports.add(), () => import('./features/imports/NewImportPage.tsx')),
  screen(paths.imports.one('$id'), () => import('./features/imports/ImportPage.tsx')),
  screen(paths.deadlines(), () => import('./features/deadlines/DeadlinesPage.tsx')),
  screen(paths.help(), () => import('./shell/HelpPage.tsx')),
  screen(paths.org.list(), () => import('./features/org/OrgsPage.tsx')),
  screen(paths.org.found(), () => import('./features/org/FoundPage.tsx')),
  screen(paths.org.one('$id'), () => import('./features/org/OrgPage.tsx')),
  screen(paths.org.correct('$id'), () => import('./features/org/CorrectPage.tsx')),
  screen(paths.org.move('$id'), () => import('./features/org/MovePage.tsx')),
  screen(paths.org.merge('$id'), () => import('./features/org/MergePage.tsx')),
  screen(paths.org.chart('$id'), () => import('./features/org/ChartPage.tsx')),
  screen(paths.settings.home(), () => import('./features/settings/SettingsPage.tsx')),
  screen(paths.settings.dictionaries(), () => import('./features/settings/DictionariesPage.tsx')),
  screen(paths.settings.calendar(), () => import('./features/settings/CalendarPage.tsx')),
  screen(paths.appraisal.list(), () => import('./features/appraisal/RoundsPage.tsx')),
  screen(paths.appraisal.one('$id'), () => import('./features/appraisal/RoundPage.tsx')),
  screen(paths.courseware.list(), () => import('./features/courseware/PackagesPage.tsx')),
  screen(paths.courseware.one('$id'), () => import('./features/courseware/OnePackagePage.tsx')),
  screen(paths.media.list(), () => import('./features/media/MediaPage.tsx')),
  screen(paths.media.one('$id'), () => import('./features/media/OneMediaPage.tsx')),
  screen(paths.membership.absences(), () => import('./features/membership/AbsencesPage.tsx')),
  screen(paths.membership.absence('$id'), () => import('./features/membership/AbsencePage.tsx')),
  screen(paths.membership.decisions(), () => import('./features/membership/DecisionsPage.tsx')),
  screen(paths.membership.decision('$id'), () => import('./features/membership/DecisionPage.tsx')),
  screen(paths.membership.months(), () => import('./features/membership/MonthsPage.tsx')),
  screen(paths.study.tasks(), () => import('./features/study/TasksPage.tsx')),
  screen(paths.study.works(), () => import('./features/study/WorksPage.tsx')),
  screen(paths.study.groups(), () => import('./features/study/GroupsPage.tsx')),
  screen(paths.study.campaigns(), () => import('./features/study/CampaignsPage.tsx')),
  screen(paths.topics.list(), () => import('./features/topics/TopicsPage.tsx')),
  screen(paths.topics.lecturers(), () => import('./features/topics/LecturersPage.tsx')),
  screen(paths.topics.proposals(), () => import('./features/topics/ProposalsPage.tsx')),
  screen(paths.topics.wanted(), () => import('./features/topics/WantedPage.tsx')),
  screen(paths.television.channels(), () => import('./features/television/ChannelsPage.tsx')),
  screen(paths.television.channel('$id'), () => import('./features/television/ChannelPage.tsx')),
  screen(paths.television.sets(), () => import('./features/television/SetsPage.tsx')),
  screen(paths.television.airings(), () => import('./features/television/AiringsPage.tsx')),
  screen(paths.television.coverage(), () => import('./features/television/CoveragePage.tsx')),
  screen(paths.credits.overview(), () => import('./features/credits/OverviewPage.tsx')),
  screen(paths.credits.accounts(), () => import('./features/credits/AccountsPage.tsx')),
  screen(paths.credits.certificates(), () => import('./features/credits/CertificatesPage.tsx')),
  screen(paths.credits.exemptions(), () => import('./features/credits/ExemptionsPage.tsx')),
  screen(paths.credits.honours(), () => import('./features/credits/HonoursPage.tsx')),
  screen(paths.credits.recount(), () => import('./features/credits/RecountPage.tsx')),
  screen(paths.notices.list(), () => import('./features/notices/NoticesPage.tsx')),
  screen(paths.notices.send(), () => import('./features/notices/SendNoticePage.tsx')),
  screen(paths.notices.inbox(), () => import('./features/notices/InboxPage.tsx')),
  screen(paths.meetings.list(), () => import('./features/meetings/MeetingsPage.tsx')),
  screen(paths.meetings.ledger(), () => import('./features/meetings/LedgerPage.tsx')),
  screen(paths.meetings.year(), () => import('./features/meetings/YearPage.tsx')),
  screen(paths.meetings.proposals(), () => import('./features/meetings/ProposalsPage.tsx')),
  screen(paths.meetings.tasks(), () => import('./features/meetings/TasksPage.tsx')),
  screen(paths.meetings.talks(), () => import('./features/meetings/TalksPage.tsx')),
  screen(paths.meetings.joint(), () => import('./features/meetings/JointPage.tsx')),
  screen(paths.meetings.secondHomes(), () => import('./features/meetings/SecondHomesPage.tsx')),
  screen(paths.meetings.attendance(), () => import('./features/meetings/AttendancePage.tsx')),
  screen(paths.meetings.plan(), () => import('./features/meetings/PlanPage.tsx')),
  screen(paths.meetings.one('$id'), () => import('./features/meetings/MeetingPage.tsx')),
  screen(paths.meetings.change('$id'), () => import('./features/meetings/PlanPage.tsx')),
  screen(paths.meetings.screen('$id'), () => import('./features/meetings/CheckInScreenPage.tsx')),
  screen(paths.transfers.list(), () => import('./features/transfers/TransfersPage.tsx')),
  screen(paths.transfers.add(), () => import('./features/transfers/DraftPage.tsx')),
  screen(paths.transfers.many(), () => import('./features/transfers/ManyPage.tsx')),
  screen(paths.transfers.incoming(), () => import('./features/transfers/IncomingPage.tsx')),
  screen(paths.transfers.one('$id'), () => import('./features/transfers/TransferPage.tsx')),
  screen(paths.transfers.edit('$id'), () => import('./features/transfers/DraftPage.tsx')),
  screen(paths.development.list(), () => import('./features/development/CasesPage.tsx')),
  screen(paths.development.add(), () => import('./features/development/OpenCasePage.tsx')),
  screen(paths.development.quotas(), () => import('./features/development/QuotasPage.tsx')),
  screen(paths.development.one('$id'), () => import('./features/development/CasePage.tsx')),
  screen(paths.exams.questions(), () => import('./features/exams/QuestionsPage.tsx')),
  screen(paths.exams.newQuestion(), () => import('./features/exams/QuestionFormPage.tsx')),
  screen(paths.exams.imports(), () => import('./features/exams/ImportQuestionsPage.tsx')),
  screen(paths.exams.question('$id'), () => import('./features/exams/QuestionPage.tsx')),
  screen(paths.exams.changeQuestion('$id'), () => import('./features/exams/QuestionFormPage.tsx')),
  screen(paths.exams.papers(), () => import('./features/exams/PapersPage.tsx')),
  screen(paths.exams.newPaper(), () => import('./features/exams/PaperFormPage.tsx')),
  screen(paths.exams.paper('$id'), () => import('./features/exams/PaperPage.tsx')),
  screen(paths.exams.changePaper('$id'), () => import('./features/exams/PaperFormPage.tsx')),
  screen(paths.exams.sessions(), () => import('./features/exams/ExamsPage.tsx')),
  screen(paths.exams.session('$id'), () => import('./features/exams/ExamPage.tsx')),
  screen(paths.exams.marking(), () => import('./features/exams/MarkingPage.tsx')),
  screen(paths.exams.mark('$kind', '$id'), () => import('./features/exams/MarkPage.tsx')),
  screen(paths.exams.appeals(), () => import('./features/exams/AppealsPage.tsx')),
  screen(paths.elections.list(), () => import('./features/elections/ElectionsPage.tsx')),
  screen(paths.elections.one('$id'), () => import('./features/elections/ElectionPage.tsx')),
  screen(paths.voting.list(), () => import('./features/voting/VotesPage.tsx')),
  screen(paths.voting.make(), () => import('./features/voting/PollPage.tsx')),
  screen(paths.voting.one('$id'), () => import('./features/voting/VotePage.tsx')),
  screen(paths.voting.change('$id'), () => import('./features/voting/PollPage.tsx')),
  screen(paths.voting.screen('$id'), () => import('./features/voting/ScreenPage.tsx')),
  screen(paths.learning.courses(), () => import('./features/learning/CoursesPage.tsx')),
  screen(paths.learning.course('$id'), () => import('./features/learning/CoursePage.tsx')),
  screen(paths.learning.plans(), () => import('./features/learning/PlansPage.tsx')),
  screen(paths.learning.plan('$id'), () => import('./features/learning/PlanPage.tsx')),
  screen(paths.xapi.records(), () => import('./features/xapi/RecordsPage.tsx')),
  screen(paths.xapi.keys(), () => import('./features/xapi/KeysPage.tsx')),
  screen(paths.audit.list(), () => import('./features/audit/AuditPage.tsx')),
  screen(paths.access.waiting(), () => import('./features/access/ActivationPage.tsx')),
  screen(paths.access.batches(), () => import('./features/access/BatchesPage.tsx')),
  screen(paths.access.accounts(), () => import('./features/access/AccountsPage.tsx')),
  screen(paths.access.grants(), () => import('./features/access/GrantsPage.tsx')),
  screen(paths.access.proposals(), () => import('./features/access/ProposalsPage.tsx')),
  screen(paths.access.recoveries(), () => import('./features/access/RecoveriesPage.tsx')),
]

/** Leaves for the other application; the promise never settles, so nothing renders meanwhile. */
function leaveTo(url: string): Promise<never> {
  location.replace(url)
  return new Promise(() => undefined)
}

/** The router of the desk: one shell, entered only with a post. */
export function newRouter(queryClient: QueryClient) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })
  const shell = createRoute({
    getParentRoute: () => root,
    id: 'shell',
    component: Shell,
    beforeLoad: async () => {
      const session = await queryClient.ensureQueryData(sessionQuery)
      if (session.setupNeeded) return leaveTo(outside.welcome())
      if (!session.person) return leaveTo(outside.signIn(location.pathname + location.search))
      // Members without a post have their own application.
      if (session.posts.length === 0) return leaveTo(outside.member())
    },
  })
  return createRouter({
    routeTree: root.addChildren([shell.addChildren(routesOf(() => shell, screens, queryClient))]),
    basepath: '/admin',
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    defaultPendingComponent: () => <Skeleton lines={12} />,
    defaultErrorComponent: ErrorPage,
    scrollRestoration: true,
  })
}

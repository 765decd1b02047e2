import type { QueryClient } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { firstScreen, parseSearch, routesOf, screen, stringifySearch } from '@tongxin/client/screen'
import { Skeleton } from '@tongxin/ui'
import { paths } from './paths.ts'
import { sessionOnlineOrKept } from './shared/kept-session.ts'
import { ErrorPage } from './shell/ErrorPage.tsx'
import { NotFoundPage } from './shell/NotFoundPage.tsx'
import { Shell } from './shell/Shell.tsx'

/** Pages for signed-in people, below the tab bar. A feature adds its rows here. */
const inside = [
  firstScreen(paths.home(), () => import('./shell/HomePage.tsx')),
  screen(paths.learning.home(), () => import('./features/learning/LearningPage.tsx')),
  screen(paths.learning.courses(), () => import('./features/learning/CoursesPage.tsx')),
  screen(paths.learning.course('$id'), () => import('./features/learning/CoursePage.tsx')),
  screen(paths.learning.read('$id'), () => import('./features/learning/ReadPage.tsx')),
  screen(paths.learning.daily(), () => import('./features/learning/DailyPage.tsx')),
  screen(paths.learning.week(), () => import('./features/learning/WeekPage.tsx')),
  screen(paths.organisation(), () => import('./features/org/OrganisationPage.tsx')),
  screen(paths.notices.one('$id'), () => import('./features/notices/MessagePage.tsx')),
  screen(paths.messages(), () => import('./features/notices/MessagesPage.tsx')),
  screen(paths.talks.list(), () => import('./features/conversations/TalksPage.tsx')),
  screen(paths.talks.begin(), () => import('./features/conversations/BeginPage.tsx')),
  screen(paths.talks.reports(), () => import('./features/conversations/ReportsPage.tsx')),
  screen(paths.talks.one('$id'), () => import('./features/conversations/TalkPage.tsx')),
  screen(paths.talks.group('$id'), () => import('./features/conversations/GroupPage.tsx')),
  screen(paths.talks.search('$id'), () => import('./features/conversations/SearchPage.tsx')),
  screen(paths.meetings.list(), () => import('./features/meetings/MeetingsPage.tsx')),
  screen(paths.meetings.proposals(), () => import('./features/meetings/ProposalsPage.tsx')),
  screen(paths.meetings.tasks(), () => import('./features/meetings/TasksPage.tsx')),
  screen(paths.meetings.talks(), () => import('./features/meetings/TalksPage.tsx')),
  screen(paths.meetings.study('$id'), () => import('./features/meetings/StudyPage.tsx')),
  screen(paths.meetings.one('$id'), () => import('./features/meetings/MeetingPage.tsx')),
  screen(paths.meetings.checkIn(), () => import('./features/meetings/CheckInPage.tsx')),
  screen(paths.meetings.calendar(), () => import('./features/meetings/CalendarPage.tsx')),
  screen(paths.record.mine(), () => import('./features/record/RecordPage.tsx')),
  screen(paths.record.correct(), () => import('./features/record/CorrectPage.tsx')),
  screen(paths.record.portrait(), () => import('./features/record/PortraitPage.tsx')),
  screen(paths.record.looks(), () => import('./features/record/LooksPage.tsx')),
  screen(paths.record.trail(), () => import('./features/record/TrailPage.tsx')),
  screen(paths.votes.list(), () => import('./features/voting/VotesPage.tsx')),
  screen(paths.votes.one('$id'), () => import('./features/voting/VotePage.tsx')),
  screen(paths.elections.list(), () => import('./features/elections/ElectionsPage.tsx')),
  screen(paths.elections.one('$id'), () => import('./features/elections/ElectionPage.tsx')),
  screen(paths.courseware.one('$id'), () => import('./features/courseware/PackagePage.tsx')),
  screen(paths.exams.list(), () => import('./features/exams/ExamsPage.tsx')),
  screen(paths.exams.quiz('$id'), () => import('./features/exams/QuizPage.tsx')),
  screen(paths.exams.sitting('$id'), () => import('./features/exams/SittingPage.tsx')),
  screen(paths.exams.result('$id'), () => import('./features/exams/ResultPage.tsx')),
  screen(paths.deadlines(), () => import('./features/deadlines/DeadlinesPage.tsx')),
  screen(paths.transfers(), () => import('./features/transfers/TransfersPage.tsx')),
  screen(paths.appraisal.list(), () => import('./features/appraisal/AppraisalsPage.tsx')),
  screen(paths.appraisal.one('$id'), () => import('./features/appraisal/AppraisalPage.tsx')),
  screen(paths.articles.list(), () => import('./features/publishing/ArticlesPage.tsx')),
  screen(paths.articles.one('$id'), () => import('./features/publishing/ArticlePage.tsx')),
  screen(paths.library.list(), () => import('./features/library/LibraryPage.tsx')),
  screen(paths.library.one('$id'), () => import('./features/library/DocumentPage.tsx')),
  screen(paths.tasks.list(), () => import('./features/tasks/TasksPage.tsx')),
  screen(paths.tasks.one('$id'), () => import('./features/tasks/TaskPage.tsx')),
  screen(paths.study.home(), () => import('./features/study/StudyPage.tsx')),
  screen(paths.study.task('$id'), () => import('./features/study/TaskPage.tsx')),
  screen(paths.study.write(), () => import('./features/study/WritePage.tsx')),
  screen(paths.study.works(), () => import('./features/study/WorksPage.tsx')),
  screen(paths.study.work('$id'), () => import('./features/study/WorkPage.tsx')),
  screen(paths.study.shown(), () => import('./features/study/ShownPage.tsx')),
  screen(paths.study.shownOne('$id'), () => import('./features/study/ShownWorkPage.tsx')),
  screen(paths.study.notes(), () => import('./features/study/NotesPage.tsx')),
  screen(paths.study.groups(), () => import('./features/study/GroupsPage.tsx')),
  screen(paths.study.group('$id'), () => import('./features/study/GroupPage.tsx')),
  screen(paths.study.campaigns(), () => import('./features/study/CampaignsPage.tsx')),
  screen(paths.study.campaign('$id'), () => import('./features/study/CampaignPage.tsx')),
  screen(paths.study.diary(), () => import('./features/study/DiaryPage.tsx')),
  screen(paths.television.rooms(), () => import('./features/television/RoomsPage.tsx')),
  screen(paths.television.pair(), () => import('./features/television/PairPage.tsx')),
  screen(paths.topics.list(), () => import('./features/topics/TopicsPage.tsx')),
  screen(paths.topics.wish(), () => import('./features/topics/WishPage.tsx')),
  screen(paths.topics.one('$id'), () => import('./features/topics/TopicPage.tsx')),
  screen(paths.topics.lecturing(), () => import('./features/topics/LecturingPage.tsx')),
  screen(paths.credits.mine(), () => import('./features/credits/CreditsPage.tsx')),
  screen(paths.credits.certificates(), () => import('./features/credits/CertificatesPage.tsx')),
  screen(paths.credits.exemption(), () => import('./features/credits/ExemptionPage.tsx')),
  screen(paths.absence(), () => import('./features/membership/AbsencePage.tsx')),
  screen(paths.quietHours(), () => import('./features/notices/QuietHoursPage.tsx')),
  screen(paths.development.mine(), () => import('./features/development/RoadPage.tsx')),
  screen(paths.development.handIn(), () => import('./features/development/HandInPage.tsx')),
  screen(paths.development.activists(), () => import('./features/development/ActivistsPage.tsx')),
  screen(paths.me(), () => import('./shell/MePage.tsx')),
  screen(paths.help(), () => import('./shell/HelpPage.tsx')),
  screen(paths.channels(), () => import('./features/channels/ChannelsPage.tsx')),
]

/** Pages without a session: signing in, activation, first-run set-up. */
const outside = [
  firstScreen(paths.signIn(), () => import('./features/access/SignInPage.tsx')),
  firstScreen(paths.activate(), () => import('./features/access/ActivatePage.tsx')),
  firstScreen(paths.reset(), () => import('./features/access/ResetPage.tsx')),
  firstScreen(paths.welcome(), () => import('./features/access/WelcomePage.tsx')),
  screen(paths.learning.publicList(), () => import('./features/learning/PublicPage.tsx')),
  screen(paths.learning.publicOne('$id'), () => import('./features/learning/PublicCoursePage.tsx')),
  screen(paths.appraisal.byCode(), () => import('./features/appraisal/CodePage.tsx')),
  screen(paths.credits.verify(), () => import('./features/credits/VerifyPage.tsx')),
  // Also for administrators who have no post yet or must enrol their second factor first.
  screen(paths.security(), () => import('./features/access/SecurityPage.tsx')),
]

/** The router: one shell for signed-in people, and the pages that need no session. */
export function newRouter(queryClient: QueryClient) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })
  const shell = createRoute({
    getParentRoute: () => root,
    id: 'shell',
    component: Shell,
    beforeLoad: async ({ location }) => {
      const session = await sessionOnlineOrKept(queryClient)
      if (session.setupNeeded) throw redirect({ to: paths.welcome() })
      // A session that waits for its second factor may do nothing else: the sign-in page asks for it.
      const isWaiting = session.secondFactorNeeded && session.posts.length === 0
      if (!session.person || isWaiting) throw redirect({ to: paths.signIn(), search: { to: location.href } as never })
    },
  })
  return createRouter({
    routeTree: root.addChildren([
      shell.addChildren(routesOf(() => shell, inside, queryClient)),
      ...routesOf(() => root, outside, queryClient),
    ]),
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    defaultPendingComponent: () => <Skeleton lines={8} />,
    defaultErrorComponent: ErrorPage,
    scrollRestoration: true,
  })
}

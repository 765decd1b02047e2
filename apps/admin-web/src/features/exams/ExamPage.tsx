import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { type ExamRecord, exportExam } from '@tongxin/contract/exams.sessions'
import { EXAM_FORMS, type ExamForm } from '@tongxin/contract/exams.words'
import { Button, EmptyState } from '@tongxin/ui'
import { Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { Facts, RecordPage } from '../../shared/pages/RecordPage.tsx'
import { ExamActs } from './ExamActs.tsx'
import { examQuery } from './exams.api.ts'
import { Figures } from './Figures.tsx'
import { SeatsTab } from './SeatsTab.tsx'
import { ExamLamp, momentText } from './words.tsx'
import './exams.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(examQuery(params.id ?? ''))

const EVENTS = ['exams.handed_in', 'exams.closed', 'exams.marked', 'exams.appealed'] as const

/** One exam: who sits it, how far it is, what came out. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(examQuery(params.id ?? ''))
  useLive(EVENTS, [
    ['exams', 'session', data.id],
    ['exams', 'seats', data.id],
  ])
  const isOver = data.state === 'closed' || data.state === 'released'
  return (
    <RecordPage
      trail={[{ label: t('exams.title'), path: paths.exams.sessions() }]}
      name={data.name}
      seal={t('exams.sealExam')}
      state={<ExamLamp state={data.state} />}
      facts={[
        { label: t('exams.window'), value: `${momentText(data.opensAt)} – ${momentText(data.closesAt)}` },
        { label: t('exams.handedIn'), value: t('exams.ofPeople', { n: data.handedIn, all: data.seats }) },
        { label: t('exams.toMark'), value: data.toMark },
      ]}
      acts={<ExamActs exam={data} />}
      search={search}
      setSearch={setSearch}
      tabs={[
        {
          key: 'seats',
          label: t('exams.tab.seats'),
          body: <SeatsTab exam={data} search={search} setSearch={setSearch} />,
        },
        { key: 'plan', label: t('exams.tab.plan'), body: <Plan exam={data} /> },
        {
          key: 'figures',
          label: t('exams.tab.figures'),
          body: isOver ? (
            <Figures of="exam" id={data.id} />
          ) : (
            <EmptyState title={t('exams.notOver')} icon={<Hourglass aria-hidden="true" />} />
          ),
        },
        { key: 'papers', label: t('exams.tab.papers'), body: <Papers exam={data} /> },
      ]}
    />
  )
}

function Plan({ exam }: { exam: ExamRecord }) {
  const { t } = useTranslation()
  return (
    <>
      {exam.alsoInQuizzes > 0 ? (
        <p className="hint" role="note">
          {t('exams.alsoInQuizzes', { count: exam.alsoInQuizzes, n: exam.alsoInQuizzes })}
        </p>
      ) : null}
      <Facts
        facts={[
          { label: t('exams.paperName'), value: <Link to={paths.exams.paper(exam.paperId)}>{exam.paperName}</Link> },
          { label: t('exams.org'), value: exam.orgName },
          { label: t('exams.minutes'), value: exam.minutes ?? t('exams.noLimit') },
          { label: t('exams.questionCount'), value: exam.questions },
          { label: t('exams.pointsAll'), value: exam.points },
          { label: t('exams.rule.passPercent'), value: `${exam.passPercent} %` },
          ...(exam.makeUpOf
            ? [
                {
                  label: t('exams.isMakeUpOf'),
                  value: <Link to={paths.exams.session(exam.makeUpOf)}>{t('exams.openIt')}</Link>,
                },
              ]
            : []),
          ...(exam.cancelledReason ? [{ label: t('exams.cancelledBecause'), value: exam.cancelledReason }] : []),
        ]}
      />
    </>
  )
}

function Papers({ exam }: { exam: ExamRecord }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
  const isOver = exam.state === 'closed' || exam.state === 'released'
  const save = (form: ExamForm, format: 'xlsx' | 'pdf' | 'docx') =>
    void download(exportExam, { params: { id: exam.id }, body: { form, format, language } })
  return (
    <ul className="exam-files">
      {EXAM_FORMS.map((form) => (
        <li key={form}>
          <strong>{t(`words.exams.form.${form}`)}</strong>
          {(['pdf', 'docx', 'xlsx'] as const).map((format) => (
            <Button
              key={format}
              whyNot={form === 'results' && !isOver ? t('exams.notOver') : undefined}
              onClick={() => save(form, format)}
            >
              {t(`exams.format.${format}`)}
            </Button>
          ))}
        </li>
      ))}
    </ul>
  )
}

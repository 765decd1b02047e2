import { useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type PaperRecord, releasePaper, retirePaper } from '@tongxin/contract/exams.papers'
import { Button, Lamp, RefusalText } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { Facts, RecordPage } from '../../shared/pages/RecordPage.tsx'
import { paperQuery } from './exams.api.ts'
import { Figures } from './Figures.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { PaperLamp, useDone } from './words.tsx'
import './exams.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(paperQuery(params.id ?? ''))

/** One paper: its questions or its plan, its rules, and how its questions did. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(paperQuery(params.id ?? ''))
  return (
    <RecordPage
      trail={[{ label: t('exams.papers'), path: paths.exams.papers() }]}
      name={data.name}
      seal={t('exams.sealPaper')}
      state={<PaperLamp state={data.state} />}
      facts={[
        { label: t('exams.questionCount'), value: data.questions },
        { label: t('exams.pointsAll'), value: data.points },
        { label: t('exams.minutes'), value: data.minutes ?? t('exams.noLimit') },
      ]}
      acts={<Acts paper={data} />}
      search={search}
      setSearch={setSearch}
      tabs={[
        { key: 'items', label: t('exams.tab.items'), body: <Content paper={data} /> },
        { key: 'rules', label: t('exams.tab.rules'), body: <Rules paper={data} /> },
        { key: 'figures', label: t('exams.tab.figures'), body: <Figures of="paper" id={data.id} /> },
      ]}
    />
  )
}

function Content({ paper }: { paper: PaperRecord }) {
  const { t } = useTranslation()
  if (paper.way === 'drawn')
    return (
      <ol className="exam-lines">
        {paper.plan.map((line, at) => (
          <li key={`line-${at + 1}`}>
            {t('exams.planLine', {
              topic: line.topic ?? t('exams.anyTopic'),
              difficulty: line.difficulty ? t(`words.exams.difficulty.${line.difficulty}`) : t('exams.any'),
              kind: line.kind ? t(`words.exams.kind.${line.kind}`) : t('exams.any'),
              count: line.count,
              points: line.points,
            })}
          </li>
        ))}
      </ol>
    )
  return (
    <ol className="exam-lines">
      {paper.items.map((one) => (
        <li key={one.questionId}>
          <a href={`/admin${paths.exams.question(one.questionId)}`}>{one.stem}</a>{' '}
          <span className="hint">
            {t(`words.exams.kind.${one.kind}`)} · {one.topic} · {t('exams.pointsN', { n: one.points })}
          </span>{' '}
          {one.isOutdated ? <Lamp state="warn">{t('exams.outdated')}</Lamp> : null}
        </li>
      ))}
    </ol>
  )
}

function Rules({ paper }: { paper: PaperRecord }) {
  const { t } = useTranslation()
  return (
    <Facts
      facts={[
        { label: t('exams.purpose'), value: t(`words.exams.purpose.${paper.purpose}`) },
        { label: t('exams.way'), value: t(`words.exams.way.${paper.way}`) },
        { label: t('exams.rule.passPercent'), value: `${paper.passPercent} %` },
        { label: t('exams.rule.attempts'), value: paper.attempts ?? t('exams.asOften') },
        { label: t('exams.rule.partial'), value: t(`words.exams.partial.${paper.partial}`) },
        { label: t('exams.rule.markers'), value: paper.markers },
        { label: t('exams.rule.difference'), value: paper.difference },
        { label: t('exams.rule.shufflesQuestions'), value: t(paper.shufflesQuestions ? 'exams.yes' : 'exams.no') },
        { label: t('exams.rule.shufflesOptions'), value: t(paper.shufflesOptions ? 'exams.yes' : 'exams.no') },
      ]}
    />
  )
}

function Acts({ paper }: { paper: PaperRecord }) {
  const { t } = useTranslation()
  const router = useRouter()
  const [isRetiring, setRetiring] = useState(false)
  const close = () => setRetiring(false)
  const release = useWrite(releasePaper, useDone(close, 'exams.done.release'))
  const retire = useWrite(retirePaper, useDone(close, 'exams.done.retire'))
  const { id, can } = paper
  return (
    <>
      <RefusalText error={release.error} />
      {can.retire ? <Button onClick={() => setRetiring(true)}>{t('exams.act.retire')}</Button> : null}
      {can.change ? (
        <Button onClick={() => void router.navigate({ to: paths.exams.changePaper(id) })}>
          {t('exams.act.change')}
        </Button>
      ) : null}
      {can.release ? (
        <Button kind="primary" isBusy={release.isPending} onClick={() => release.mutate({ params: { id }, body: {} })}>
          {t('exams.act.releasePaper')}
        </Button>
      ) : null}
      {isRetiring ? (
        <ReasonDialog
          title={t('exams.act.retire')}
          isDanger
          isBusy={retire.isPending}
          error={retire.error}
          onClose={close}
          onSubmit={(reason) => retire.mutate({ params: { id }, body: { reason } })}
        />
      ) : null}
    </>
  )
}

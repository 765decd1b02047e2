import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type OwnAppraisal, returnSheet } from '@tongxin/contract/appraisal.own'
import { Lamp, say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_APPRAISAL, ownAppraisalQuery } from './appraisal.api.ts'
import { ResultCard } from './ResultCard.tsx'
import { SelfReviewForm } from './SelfReviewForm.tsx'
import { SheetForm } from './SheetForm.tsx'
import './appraisal.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(ownAppraisalQuery(params.id ?? ''))

/** One appraisal as a member sees it: what waits now stands first, what is done below. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(ownAppraisalQuery(params.id ?? ''))
  const title = t('appraisal.yearOf', { year: data.year })
  return (
    <PageFrame title={title} lead={<p className="hint">{data.orgName}</p>}>
      <section className="card appraisal-card">
        <Lamp state={data.waits ? 'warn' : 'info'}>
          {data.waits ? t(`appraisal.waits.${data.waits}`) : t(`words.appraisal.state.${data.state}`)}
        </Lamp>
      </section>
      {data.result ? <ResultCard data={data} result={data.result} /> : null}
      {data.sheet ? <OwnSheet data={data} sheet={data.sheet} /> : null}
      {data.sheetReturned ? (
        <section className="card appraisal-card">
          <h2>{t('appraisal.sheet')}</h2>
          <Lamp state="ok">{t('appraisal.inTheBox')}</Lamp>
        </section>
      ) : null}
      {data.self.canChange ? <SelfReviewForm data={data} /> : <OwnReview data={data} />}
      {data.comments.length > 0 ? <Comments comments={data.comments} /> : null}
    </PageFrame>
  )
}

function OwnSheet({ data, sheet }: { data: OwnAppraisal; sheet: NonNullable<OwnAppraisal['sheet']> }) {
  const { t } = useTranslation()
  const put = useWrite(returnSheet, { refreshes: ALL_APPRAISAL, onDone: () => say(t('appraisal.inTheBox')) })
  return (
    <SheetForm
      sheet={sheet}
      isBusy={put.isPending}
      error={put.error}
      onPutIn={(marks) => put.mutate({ params: { id: data.id }, body: { marks } })}
    />
  )
}

function OwnReview({ data: { self } }: { data: OwnAppraisal }) {
  const { t } = useTranslation()
  if (!self.handedIn) return null
  return (
    <details className="card appraisal-card">
      <summary>{t('appraisal.selfReview')}</summary>
      <p className="appraisal-text">{self.text}</p>
      {Object.entries(self.checks).map(([name, text]) =>
        text ? (
          <p key={name}>
            <strong>{t(`words.appraisal.criterion.${name}`)}</strong> {text}
          </p>
        ) : null,
      )}
      {self.grade ? <p>{t('appraisal.ownGradeIs', { grade: t(`words.appraisal.grade.${self.grade}`) })}</p> : null}
    </details>
  )
}

function Comments({ comments }: Pick<OwnAppraisal, 'comments'>) {
  const { t } = useTranslation()
  return (
    <section className="card appraisal-card">
      <h2>{t('appraisal.comments')}</h2>
      <ul className="appraisal-list">
        {comments.map(({ byName, text }) => (
          <li key={`${byName}${text}`}>
            <strong>{byName}</strong>
            <p className="appraisal-text">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

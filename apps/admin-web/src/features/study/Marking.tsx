import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import type { Reply } from '@tongxin/contract/endpoint'
import { markStudyWork, type readStudyWork, returnStudyWork, showStudyWork } from '@tongxin/contract/study'
import { STUDY_GRADES, type StudyGrade, type StudyRound } from '@tongxin/contract/study.words'
import { Button, dateOf, ErrorState, Lamp, RefusalText, Select, Skeleton, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { workQuery } from './study.api.ts'
import { useDone } from './use-done.ts'

type Work = Reply<typeof readStudyWork>

/** One work: what is asked, what is alike, the rounds, and the mark. */
export function Marking({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data: work, error, refetch } = useQuery(workQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!work) return <Skeleton lines={8} />
  return (
    <div className="study-glance">
      <p className="hint">
        {[work.writer, work.orgName, t('study.wordsCount', { n: work.words }), dateOf(work.handedInAt)].join(' · ')}
      </p>
      {work.isLate ? <Lamp state="late">{t('study.late')}</Lamp> : null}
      {work.brief ? <p className="study-quote study-text">{work.brief}</p> : null}
      {work.rounds.map((round) => (
        <Round key={round.round} round={round} />
      ))}
      {work.similar.length > 0 ? <Alike work={work} /> : null}
      {work.can.mark ? <MarkForm id={work.id} /> : null}
      <Show work={work} />
      {work.remarks.length > 0 ? (
        <section className="study-part">
          <h3>{t('study.remarks')}</h3>
          {work.remarks.map((remark) => (
            <p key={remark.id}>{`${remark.writer}：${remark.body}`}</p>
          ))}
        </section>
      ) : null}
    </div>
  )
}

function Round({ round }: { round: StudyRound }) {
  const { t } = useTranslation()
  return (
    <section className="study-part">
      <h3>{t('study.round', { n: round.round, on: dateOf(round.handedInAt) })}</h3>
      <p className="study-text">{round.body}</p>
      {round.files.map(({ id, name }) => (
        <a key={id} href={`/api/v1/files/${id}/content`} target="_blank" rel="noreferrer">
          {name}
        </a>
      ))}
      {round.comment ? (
        <p className="study-quote study-text">
          <strong>
            {t(round.result === 'returned' ? 'study.returnedBy' : 'study.markedBy', { by: round.markedBy })}
            {round.grade ? ` · ${t(`words.study.grade.${round.grade}`)}` : ''}
          </strong>
          {`\n${round.comment}`}
        </p>
      ) : null}
    </section>
  )
}

function Alike({ work }: { work: Work }) {
  const { t } = useTranslation()
  return (
    <section className="study-part">
      <h3>{t('study.alike')}</h3>
      <p className="hint">{t('study.alikeHint')}</p>
      <ul className="study-list">
        {work.similar.map((one) => (
          <li key={`${one.id}${one.handedInAt}${one.title}`}>
            {`${one.percent}% · ${one.title} · ${one.writer ? `${one.writer}（${one.orgName}）` : t('study.elsewhere')} · ${dateOf(one.handedInAt)}`}
          </li>
        ))}
      </ul>
    </section>
  )
}

function MarkForm({ id }: { id: string }) {
  const { t } = useTranslation()
  const [grade, setGrade] = useState<StudyGrade | ''>('')
  const [comment, setComment] = useState('')
  const done = useDone()
  const mark = useWrite(markStudyWork, done)
  const back = useWrite(returnStudyWork, done)
  const params = { id }
  const hasWords = comment.trim() !== ''
  return (
    <section className="study-part">
      <Select
        label={t('study.grade')}
        value={grade}
        onChange={setGrade}
        options={STUDY_GRADES.map((value) => ({ value, label: t(`words.study.grade.${value}`) }))}
      />
      <TextArea label={t('study.comment')} required maxLength={1000} value={comment} onChange={setComment} />
      <RefusalText error={mark.error ?? back.error} />
      <div className="study-acts">
        <Button
          kind="primary"
          isBusy={mark.isPending}
          whyNot={grade !== '' && hasWords ? undefined : t('study.gradeFirst')}
          onClick={() => grade !== '' && mark.mutate({ params, body: { grade, comment } })}
        >
          {t('study.mark')}
        </Button>
        <Button
          isBusy={back.isPending}
          whyNot={hasWords ? undefined : t('study.commentFirst')}
          onClick={() => back.mutate({ params, body: { comment } })}
        >
          {t('study.sendBack')}
        </Button>
      </div>
    </section>
  )
}

function Show({ work }: { work: Work }) {
  const { t } = useTranslation()
  const save = useWrite(showStudyWork, useDone())
  const params = { id: work.id }
  if (work.grade === 'excellent' && !work.wantsShow) return <p className="hint">{t('study.noConsent')}</p>
  if (!work.can.show && !work.can.hide) return null
  const isShown = work.can.show
  return (
    <div className="study-acts">
      <AskedAct
        verb={t(isShown ? 'study.show' : 'study.hide')}
        lead={t(isShown ? 'study.showLead' : 'study.hideLead')}
        save={save}
        input={() => ({ params, body: { isShown } })}
      />
    </div>
  )
}

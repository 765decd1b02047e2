import type { StudyFile, StudyRemark, StudyRound, StudyWorkCard } from '@tongxin/contract/study.words'
import { dateOf, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

const LAMPS = { handed_in: 'info', returned: 'warn', marked: 'ok' } as const

export function WorkLamp({ work }: { work: StudyWorkCard }) {
  const { t } = useTranslation()
  const word = t(`words.study.workState.${work.state}`)
  return (
    <Lamp state={LAMPS[work.state]}>{work.grade ? `${word} · ${t(`words.study.grade.${work.grade}`)}` : word}</Lamp>
  )
}

export function Files({ files }: { files: readonly StudyFile[] }) {
  return files.map(({ id, name }) => (
    <a key={id} href={`/api/v1/files/${id}/content`} target="_blank" rel="noreferrer">
      {name}
    </a>
  ))
}

/** Every hand-in with what came back, the newest first. */
export function Rounds({ rounds }: { rounds: readonly StudyRound[] }) {
  const { t } = useTranslation()
  return rounds.map((round) => (
    <section key={round.round} className="card study-card">
      <h2>{t('study.round', { n: round.round, on: dateOf(round.handedInAt) })}</h2>
      {round.comment ? (
        <div className="study-quote">
          <strong>
            {t(round.result === 'returned' ? 'study.returnedBy' : 'study.markedBy', { by: round.markedBy })}
            {round.grade ? ` · ${t(`words.study.grade.${round.grade}`)}` : ''}
          </strong>
          <p className="study-text">{round.comment}</p>
        </div>
      ) : null}
      <p className="study-text">{round.body}</p>
      <Files files={round.files} />
    </section>
  ))
}

export function Remark({ remark, act }: { remark: StudyRemark; act?: React.ReactNode }) {
  return (
    <div className="study-remark">
      <span className="hint">
        {remark.writer} · {dateOf(remark.at)}
      </span>
      <p className="study-text">{remark.body}</p>
      {act}
    </div>
  )
}

import type { MyVote } from '@tongxin/contract/voting.own'
import { Button } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { keepPapers, type OwnPapers } from './ballot-box.ts'

/** The recovery code, shown once: with it a lost or broken telephone loses no vote. */
export function KeepCodeScreen(props: { vote: MyVote; personId: string; papers: OwnPapers; onChanged: () => void }) {
  const { t } = useTranslation()
  const { vote, papers, personId } = props
  const [isKept, setKept] = useState(false)
  const goOn = () => {
    keepPapers(personId, vote.id, { ...papers, isCodeKept: true })
    props.onChanged()
  }
  return (
    <PageFrame
      title={t('voting.codeTitle')}
      lead={<p className="lead">{vote.title}</p>}
      primary={
        <Button wide kind="primary" whyNot={isKept ? undefined : t('voting.keepFirst')} onClick={goOn}>
          {t('voting.goOn')}
        </Button>
      }
    >
      <section className="card">
        <p>{t('voting.codeWhy')}</p>
        <output className="recovery-code" aria-label={t('voting.code')}>
          {papers.code}
        </output>
        <p className="hint">{t('voting.codeSecret')}</p>
        <label className="option">
          <input type="checkbox" checked={isKept} onChange={(event) => setKept(event.target.checked)} />
          <span>{t('voting.codeKept')}</span>
        </label>
      </section>
    </PageFrame>
  )
}

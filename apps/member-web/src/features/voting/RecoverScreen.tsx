import type { MyVote } from '@tongxin/contract/voting.own'
import { Button, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { isCodeOf } from './ballot-acts.ts'
import { keepPapers } from './ballot-box.ts'

/** Drawn on another device, or the browser forgot: the code gives the ballot papers back. */
export function RecoverScreen(props: { vote: MyVote; personId: string; onChanged: () => void }) {
  const { t } = useTranslation()
  const { vote, personId } = props
  const [code, setCode] = useState('')
  const [isWrong, setWrong] = useState(false)
  const recover = () => {
    if (!isCodeOf(vote, code)) return setWrong(true)
    keepPapers(personId, vote.id, {
      electionId: vote.electionId ?? '',
      code: code.trim(),
      isCodeKept: true,
      ballots: [],
    })
    props.onChanged()
  }
  return (
    <PageFrame
      title={t('voting.recoverTitle')}
      lead={<p className="lead">{vote.title}</p>}
      primary={
        <Button wide kind="primary" whyNot={code.trim() === '' ? t('voting.codeFirst') : undefined} onClick={recover}>
          {t('voting.recover')}
        </Button>
      }
    >
      <section className="card">
        <p>{t('voting.recoverLead')}</p>
        <TextInput
          label={t('voting.code')}
          value={code}
          onChange={(text) => {
            setCode(text)
            setWrong(false)
          }}
          error={isWrong ? t('voting.codeWrong') : undefined}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
        <p className="hint">{t('voting.codeLost')}</p>
      </section>
    </PageFrame>
  )
}

import { download } from '@tongxin/client/download'
import { type ElectionRecord, printElectionForm } from '@tongxin/contract/elections'
import type { ElectionForm } from '@tongxin/contract/elections.words'
import { Button, RefusalText } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Paper = {
  readonly form: ElectionForm
  readonly label: string
  readonly roundId?: string
  readonly memberId?: string
}

/** Papers that the file has come to, in the order of its steps. */
function usePapers(election: ElectionRecord): Paper[] {
  const { t } = useTranslation()
  const plain = (form: ElectionForm, isThere: boolean): Paper[] =>
    isThere ? [{ form, label: t(`elections.form.${form}`) }] : []
  const rounds = election.rounds.flatMap((round): Paper[] => {
    const of = (form: ElectionForm) => ({
      form,
      roundId: round.id,
      label: t('elections.formOfRound', { form: t(`elections.form.${form}`), n: round.number }),
    })
    return [
      of(round.writeIn ? 'ballot_write_in' : 'ballot'),
      of('counting_sheet'),
      ...(round.result ? [of('tellers_report')] : []),
    ]
  })
  const people = [...new Map(election.elected.map((one) => [one.memberId, one])).values()]
  const certificates = election.reply
    ? people.map(
        ({ memberId, name }): Paper => ({
          form: 'certificate',
          memberId,
          label: t('elections.certificateOf', { name }),
        }),
      )
    : []
  return [
    ...plain('request', true),
    ...plain('approval', election.approval !== null),
    ...plain('candidates_request', election.candidates.length > 0),
    ...plain('method', true),
    ...rounds,
    ...plain('result_report', election.elected.length > 0),
    ...plain('reply', election.reply !== null),
    ...certificates,
  ]
}

export function PapersTab({ election }: { election: ElectionRecord }) {
  const { t, i18n } = useTranslation()
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const print = async ({ label: _, ...asked }: Paper, format: 'pdf' | 'docx', key: string) => {
    setBusy(key)
    setError(null)
    try {
      const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
      await download(printElectionForm, { params: { id: election.id }, query: { ...asked, format, language } })
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(null)
    }
  }
  return (
    <>
      <RefusalText error={error} />
      <ul className="election-papers">
        {usePapers(election).map((paper) => (
          <li key={paper.label}>
            <span>{paper.label}</span>
            {(['pdf', 'docx'] as const).map((format) => {
              const key = `${paper.label}.${format}`
              return (
                <Button key={format} kind="quiet" isBusy={busy === key} onClick={() => void print(paper, format, key)}>
                  {t(`elections.format.${format}`)}
                  <span className="tx-hidden">{t('elections.printAs', { paper: paper.label })}</span>
                </Button>
              )
            })}
          </li>
        ))}
      </ul>
    </>
  )
}

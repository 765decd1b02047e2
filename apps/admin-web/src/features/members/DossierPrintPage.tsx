import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { PrintPage } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { FolderPlace, usePaperText } from './DossierTab.tsx'
import { dossierQuery } from './dossier.api.ts'
import { memberQuery } from './members.api.ts'
import { useMemberWords } from './use-member-words.ts'
import './members.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  Promise.all([
    queryClient.ensureQueryData(memberQuery(params.id ?? '')),
    queryClient.ensureQueryData(dossierQuery(params.id ?? '')),
  ])

/** The list of papers and the list of what is missing, as they lie in the folder. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const describe = usePaperText()
  const id = params.id ?? ''
  const { data: record } = useSuspenseQuery(memberQuery(id))
  const { data: dossier } = useSuspenseQuery(dossierQuery(id))
  const papers = dossier.papers.filter((paper) => paper.removedReason === null)
  return (
    <div className="page">
      <title>{`${t('members.dossier.sheet')} · ${t('shell.name')}`}</title>
      <PrintPage title={t('members.dossier.sheetOf', { name: record.card.name })}>
        <p>
          {record.card.orgName} · {record.card.memberNo}
        </p>
        {dossier.folder ? <FolderPlace folder={dossier.folder} /> : null}
        <h2>{t('members.dossier.papers')}</h2>
        {papers.length === 0 ? <p>{t('members.dossier.noPapers')}</p> : null}
        <ol>
          {papers.map((paper) => (
            <li key={paper.id}>
              {describe.name(paper)} {describe.facts(paper)}
            </li>
          ))}
        </ol>
        <h2>{t('members.dossier.missing')}</h2>
        {dossier.missing.length === 0 ? <p>{t('members.dossier.complete')}</p> : null}
        <ol>
          {dossier.missing.map((paper) => (
            <li key={paper}>{word('dossierDocument', paper)}</li>
          ))}
        </ol>
        <p>{t('members.dossier.signature')}</p>
      </PrintPage>
    </div>
  )
}

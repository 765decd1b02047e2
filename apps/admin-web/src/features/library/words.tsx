import type { LibraryRow, SecrecyGrade } from '@tongxin/contract/library.words'
import { Lamp, type LampState } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** Where a document stands, the most telling word first: bin, archive, replaced, out of time, in force. */
export function useStanding() {
  const { t } = useTranslation()
  return (row: Pick<LibraryRow, 'state' | 'validity' | 'isReplaced'>): { state: LampState; word: string } => {
    if (row.state !== 'published') return { state: 'idle', word: t(`words.library.state.${row.state}`) }
    if (row.isReplaced) return { state: 'warn', word: t('library.isReplaced') }
    const state = row.validity === 'expired' ? 'late' : row.validity === 'coming' ? 'info' : 'ok'
    return { state, word: t(`words.library.validity.${row.validity}`) }
  }
}

const GRADE_LAMPS = { public: 'ok', internal: 'info', work_secret: 'warn' } as const
export function Grade({ secrecy }: { secrecy: SecrecyGrade }) {
  const { t } = useTranslation()
  return <Lamp state={GRADE_LAMPS[secrecy]}>{t(`words.library.secrecy.${secrecy}`)}</Lamp>
}

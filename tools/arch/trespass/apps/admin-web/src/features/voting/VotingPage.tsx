// web-not-server
import type { Dues } from '../../../../server/src/modules/dues/index.ts'

export const VotingPage = (props: { dues: Dues }) => props.dues

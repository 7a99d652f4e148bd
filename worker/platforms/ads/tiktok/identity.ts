/** Who speaks: the kind, its id, and the business center a shared TikTok account is shared by. */
export interface Identity {
  identity_type: string;
  identity_id: string;
  identity_authorized_bc_id?: string;
}

const SHAPE = /^(?:([A-Z_]+):)?([\w-]+)(?:@(\d+))?$/;

/** "TT_USER:7370…", "BC_AUTH_TT:7370…@7390…", or the bare id of one of the advertiser's own. @throws RangeError on anything else */
export function readIdentity(text: string): Identity {
  const [, type = 'CUSTOMIZED_USER', id, center] = SHAPE.exec(text) ?? [];
  if (id === undefined) throw new RangeError(`"${text}" is no identity`);
  return { identity_type: type, identity_id: id, ...(center === undefined ? {} : { identity_authorized_bc_id: center }) };
}

export const writeIdentity = ({ identity_type: type, identity_id: id, identity_authorized_bc_id: center }: Identity): string =>
  type === 'CUSTOMIZED_USER' ? id : `${type}:${id}${center === undefined ? '' : `@${center}`}`;

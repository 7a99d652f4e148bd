/** The address a Shopify store keeps for life, whatever domain it shows: one DNS label before ".myshopify.com". */
export const SHOP_ADDRESS = /^[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com$/;

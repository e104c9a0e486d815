/** How a message is signed by hand, with what every Unix has. Printed in the reference and in docs/reference/http.md. */
export const signByHand = `SECRET='whsec_…'                          # the secret of the source
ID="msg_$(date +%s)"; NOW=$(date +%s)
HEX=$(printf %s "\${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')
SIGNATURE=$( { printf '%s.%s.' "$ID" "$NOW"; cat booking.json; } | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$HEX" -binary | openssl base64 -A )
curl -i "$GANGWAY/webhooks/boatsetter" -H 'content-type: application/json' \\
  -H "webhook-id: $ID" -H "webhook-timestamp: $NOW" -H "webhook-signature: v1,$SIGNATURE" --data-binary @booking.json`;

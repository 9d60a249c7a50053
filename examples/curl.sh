#!/bin/sh
# A whole handoff with curl, against the demo: a customer asks for a person, a supervisor gives the conversation to an
# agent, the agent answers and hands back, and the customer says how it was. Needs curl and python3 (to read JSON).
#
# No offer rings here: an agent is asked only while connected by a socket, which curl cannot hold. The console does.
#
#     ./run                        in one terminal
#     sh examples/curl.sh          in another
#
# Against another server set BATON, CHANNEL, AGENT_EMAIL, AGENT_PASSWORD, SUPERVISOR_EMAIL and SUPERVISOR_PASSWORD.
set -eu
BATON=${BATON:-http://127.0.0.1:8080}
CHANNEL=${CHANNEL:-website}

# Sends one request: method, path, token, body. Prints the answer, and stops when the server refuses.
ask() {
  answer=$(curl -sS -X "$1" "$BATON$2" -H 'Content-Type: application/json' ${3:+-H "Authorization: Bearer $3"} \
    ${4:+-d "$4"} -w '\n%{http_code}')
  status=$(printf '%s' "$answer" | tail -n 1)
  body=$(printf '%s' "$answer" | sed '$d')
  case "$status" in
    2*) printf '%s' "$body" ;;
    *)
      echo "$1 $2 was refused with $status: $body" >&2
      exit 1
      ;;
  esac
}

# A value of the JSON on standard input, by a Python expression of `it`; fails where there is none.
pick() {
  python3 -c "import json, sys; it = json.load(sys.stdin); print($1)"
}

new_id() {
  python3 -c 'import uuid; print(uuid.uuid4())'
}

# Repeats a question until it has an answer, for at most 20 seconds.
until_there() {
  tries=0
  until found=$("$@" 2>/dev/null) && [ -n "$found" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ]; then
      echo "nothing came of: $*" >&2
      exit 1
    fi
    sleep 0.2
  done
  printf '%s' "$found"
}

# The demo shows its sign-ins to whoever opens its console: $1 is an agent's key, $2 email or password.
demo_sign_in() {
  ask GET /console/demo-sign-ins.json | pick "[one['$2'] for one in it if one['agent'] == '$1'][0]"
}

sign_in() {
  ask POST /v1/session "" "{\"email\": \"$1\", \"password\": \"$2\", \"transport\": \"bearer\"}"
}

if [ -z "${AGENT_EMAIL:-}" ]; then
  AGENT_EMAIL=$(demo_sign_in ana email)
  AGENT_PASSWORD=$(demo_sign_in ana password)
  SUPERVISOR_EMAIL=$(demo_sign_in mira email)
  SUPERVISOR_PASSWORD=$(demo_sign_in mira password)
fi

echo "1. An agent and a supervisor sign in."
signed_in=$(sign_in "$AGENT_EMAIL" "$AGENT_PASSWORD")
agent=$(printf '%s' "$signed_in" | pick 'it["token"]')
agent_key=$(printf '%s' "$signed_in" | pick 'it["me"]["agent"]')
supervisor=$(sign_in "$SUPERVISOR_EMAIL" "$SUPERVISOR_PASSWORD" | pick 'it["token"]')

echo "2. The customer begins a session and a conversation, and asks the bot."
customer=$(ask POST /v1/customer-sessions "" "{\"channel\": \"$CHANNEL\"}" | pick 'it["access_token"]')
conversation=$(new_id)
ask POST /v1/conversations "$customer" "{\"id\": \"$conversation\", \"language\": \"en\"}" >/dev/null
ask POST "/v1/conversations/$conversation/messages" "$customer" \
  "{\"client_id\": \"$(new_id)\", \"text\": \"How are agents chosen?\"}" >/dev/null
answered() {
  ask GET "/v1/conversations/$conversation/events" "$customer" |
    pick '[one["text"] for one in it["items"] if one["type"] == "message_posted" and one["author"]["kind"] == "bot"][0]'
}
until_there answered | sed 's/^/   | /'
echo

echo "3. What could be promised for a person right now?"
ask POST /v1/availability "$customer" '{"needs": {}}' |
  pick '"   available: %s, queue: %s, alternatives: %s" % (it["available"], it["queue"], ", ".join(it["alternatives"]))'

echo "4. The customer asks for a person; the message and the handoff are one append."
ask POST "/v1/conversations/$conversation/messages" "$customer" \
  "{\"client_id\": \"$(new_id)\", \"text\": \"I would like to talk to a person\"}" >/dev/null
ask GET "/v1/conversations/$conversation/events" "$customer" |
  pick '"\n".join("   | " + one["text"] for one in it["items"] if one["type"] == "notice_posted")'

echo "5. The supervisor reads the brief and gives it to the agent."
ask GET "/v1/conversations/$conversation/brief" "$supervisor" |
  pick '"   issue: %s\n   why:   %s" % (it["issue"]["text"], ", ".join(one["code"] for one in it["why"]))'
epoch=$(ask POST "/v1/conversations/$conversation/assign" "$supervisor" "{\"agent\": \"$agent_key\"}" | pick 'it["epoch"]')

echo "6. The agent answers; an old epoch is refused."
ask POST "/v1/conversations/$conversation/messages" "$agent" \
  "{\"client_id\": \"$(new_id)\", \"text\": \"I have read it all. Who has been idle longest is asked.\", \"epoch\": $epoch}" >/dev/null
(ask POST "/v1/conversations/$conversation/messages" "$agent" \
  "{\"client_id\": \"$(new_id)\", \"text\": \"late\", \"epoch\": $((epoch - 1))}") 2>&1 | sed 's/^/   | /' || true

echo "7. The agent hands back to the bot with what is known."
handoff=$(ask POST "/v1/conversations/$conversation/handback" "$agent" \
  "{\"epoch\": $epoch, \"disposition\": \"answered\", \"handback\": {\"outcome\": \"explained\", \"facts\": [\"asked about routing\"]}}" |
  pick 'it["surveys"][0]')

echo "8. The customer says how it was."
ask POST "/v1/conversations/$conversation/survey" "$customer" "{\"handoff\": \"$handoff\", \"rating\": 5}" |
  pick '"   the %s has the conversation again" % it["controller"]["kind"]'

-- The chat's frames in Wireshark and tshark, over TCP and over UDP: docs/protocol.md says what each byte means.
--
-- Use it once:    tshark -X lua_script:wireshark/transport-lab.lua -r chat.pcapng -Y lab
-- Install it:     copy it to the folder of personal plugins (Wireshark: Help > About > Folders; mostly
--                 ~/.local/lib/wireshark/plugins) and restart Wireshark.
-- Another port:   44765 is the chat's. On any other port a chat is known by how it begins; one that was captured from
--                 its middle can be named: Decode As > LAB, or tshark -d tcp.port==5000,lab -d udp.port==5000,lab
-- Filters:        lab.kind == "SEND"   lab.name == "Ana"   lab.number == 3   lab.subject contains "Oi"   lab.malformed
--
-- Frames are parsed first and shown then: a heuristic parses and shows nothing where it finds no chat. What a peer may
-- have got wrong becomes an expert info; no bytes make this program fail.

local PORT = 44765
local MAX_FRAME_BYTES = 60328
local MAX_BODY_BYTES = 60000
local LENGTH_BYTES = 4
local PROTOCOL_VERSION = 1
local CHALLENGE_BYTES, NONCE_BYTES, PROOF_BYTES = 24, 16, 32

local KEEP_ALIVE = "keep-alive"
local NOT_CAPTURED = "it goes on in what was not captured"

local KINDS = {
  [0x01] = "JOIN", [0x02] = "SEND", [0x03] = "WHO", [0x04] = "CONFIRM", [0x05] = "PING",
  [0x81] = "WELCOME", [0x82] = "DELIVER", [0x83] = "DELIVER-TO-ALL", [0x84] = "CONFIRMED", [0x85] = "ROSTER",
  [0x86] = "JOINED", [0x87] = "LEFT", [0x88] = "REFUSED", [0x89] = "PONG", [0x8a] = "BYE",
  [0x8b] = "CHALLENGE",
}
local TYPES = {
  [0x11] = "HELLO", [0x12] = "COOKIE", [0x13] = "OPEN", [0x14] = "OPENED",
  [0x15] = "DENIED", [0x16] = "DATA", [0x17] = "CLOSE", [0x18] = "UNKNOWN",
}
local REFUSALS = {
  "unknown-recipient", "recipient-too-slow", "name-taken", "name-illegal", "name-reserved", "server-full",
  "not-joined", "already-joined", "body-too-long", "invalid-text", "malformed", "wrong-version",
  "secret-wrong", "too-fast", "too-many-here", "joins-too-fast",
}
local FAREWELLS = { "shutdown", "too-slow", "join-deadline", "silent", "violation", "refused", "too-fast" }
local DEPARTURES = { "left", "lost", "silent", "too-slow", "violation", "too-fast" }

local lab = Proto("lab", "transport-lab chat")

local field = {
  length = ProtoField.uint32("lab.length", "Length of the frame"),
  type = ProtoField.string("lab.type", "Datagram"),
  nonce = ProtoField.bytes("lab.nonce", "Nonce"),
  cookie = ProtoField.bytes("lab.cookie", "Cookie"),
  session = ProtoField.bytes("lab.session", "Session"),
  version = ProtoField.uint8("lab.version", "Version"),
  kind = ProtoField.string("lab.kind", "Kind"),
  presence = ProtoField.bool("lab.presence", "Asks for presence"),
  proved = ProtoField.bool("lab.proved", "Bears proof of the secret"),
  name = ProtoField.string("lab.name", "Name"),
  challenge = ProtoField.bytes("lab.challenge", "Challenge"),
  proof = ProtoField.bytes("lab.proof", "Proof"),
  transport = ProtoField.string("lab.transport", "Transport"),
  number = ProtoField.uint32("lab.number", "Number"),
  receipt = ProtoField.bool("lab.receipt", "Asks for a receipt"),
  subject = ProtoField.string("lab.subject", "Subject"),
  body = ProtoField.string("lab.body", "Body"),
  request = ProtoField.uint32("lab.request", "Request"),
  part = ProtoField.uint16("lab.part", "Part"),
  parts = ProtoField.uint16("lab.parts", "Parts"),
  token = ProtoField.uint32("lab.token", "Token"),
  refusal = ProtoField.string("lab.refusal", "Refusal"),
  farewell = ProtoField.string("lab.farewell", "Farewell"),
  departure = ProtoField.string("lab.departure", "Departure"),
  about = ProtoField.string("lab.about", "About"),
}
for _, one in pairs(field) do table.insert(lab.fields, one) end

local malformed = ProtoExpert.new("lab.malformed", "Malformed", expert.group.MALFORMED, expert.severity.ERROR)
local cut = ProtoExpert.new("lab.cut", "Not wholly captured", expert.group.UNDECODED, expert.severity.NOTE)
lab.experts = { malformed, cut }

-- Text ---------------------------------------------------------------------------------------------------------------

-- The second byte's range after a first byte, where it is narrower than 80..BF (RFC 3629, section 4).
local NARROW = { [0xe0] = { 0xa0, 0xbf }, [0xed] = { 0x80, 0x9f }, [0xf0] = { 0x90, 0xbf }, [0xf4] = { 0x80, 0x8f } }

local function character_bytes(first)
  if first >= 0xc2 and first <= 0xdf then return 2 end
  if first >= 0xe0 and first <= 0xef then return 3 end
  if first >= 0xf0 and first <= 0xf4 then return 4 end
  return nil
end

local function is_utf8(bytes)
  local at = bytes:find("[\128-\255]")
  while at ~= nil do
    local size = character_bytes(bytes:byte(at))
    if size == nil or at + size - 1 > #bytes then return false end
    local range = NARROW[bytes:byte(at)] or { 0x80, 0xbf }
    local second = bytes:byte(at + 1)
    if second < range[1] or second > range[2] then return false end
    if bytes:sub(at + 2, at + size - 1):find("[^\128-\191]") then return false end
    at = bytes:find("[\128-\255]", at + size)
  end
  return true
end

-- What can be shown of bytes that should be text. A NUL would end it.
local function showable(bytes)
  if not is_utf8(bytes) then bytes = bytes:gsub("[\128-\255]", "?") end
  return (bytes:gsub("\0", "\226\144\128"))
end

local function one_line(text)
  return (text:gsub("%c", "."))
end

-- Reading ------------------------------------------------------------------------------------------------------------

-- Reads fields in order and remembers the first fault; from then on there is nothing to read.
local Reader = {}
Reader.__index = Reader

local function reader(tvb, from, to)
  return setmetatable({ tvb = tvb, at = from, to = to, items = {}, fault = nil }, Reader)
end

function Reader:fail(why)
  self.fault = self.fault or why
end

function Reader:left()
  return self.fault == nil and self.to - self.at or 0
end

-- The place of the next bytes, or nothing where the frame ends before.
function Reader:take(size, what)
  if self.fault ~= nil then return nil end
  if self.at + size > self.to then return self:fail("it ends before its " .. what .. " does") end
  self.at = self.at + size
  return self.at - size
end

function Reader:note(shown, at, size, value, label)
  table.insert(self.items, { field = shown, at = at, size = size, value = value, label = label })
end

function Reader:uint(size, what, shown)
  local at = self:take(size, what)
  if at == nil then return 0 end
  local value = self.tvb(at, size):uint()
  if shown ~= nil then self:note(shown, at, size, value) end
  return value
end

function Reader:bytes(size, what, shown)
  local at = self:take(size, what)
  if at ~= nil then self:note(shown, at, size) end
end

-- A byte of which the lowest bits alone have a meaning, one for each field; answers which are set.
function Reader:flags(what, ...)
  local at = self:take(1, what)
  if at == nil then return end
  local value = self.tvb(at, 1):uint()
  local set, rest = {}, value
  for _, shown in ipairs({ ... }) do
    table.insert(set, rest % 2 == 1)
    self:note(shown, at, 1, rest % 2 == 1)
    rest = math.floor(rest / 2)
  end
  if rest > 0 then self:fail(("the %s %d are unknown"):format(what, value)) end
  return table.unpack(set)
end

function Reader:code(codes, what, shown)
  local at = self:take(1, what)
  if at == nil then return "" end
  local value = self.tvb(at, 1):uint()
  self:note(shown, at, 1, codes[value] or tostring(value))
  if codes[value] == nil then self:fail(("the %s %d is unknown"):format(what, value)) end
  return codes[value] or ""
end

-- Text from here on; `head` bytes before it, its length, are shown with it.
function Reader:text(size, head, what, shown)
  local at = self:take(size, what)
  if at == nil then return "" end
  local bytes = size == 0 and "" or self.tvb(at, size):raw()
  local text = showable(bytes)
  self:note(shown, at - head, size + head, text, what)
  if not is_utf8(bytes) then self:fail("the " .. what .. " is not well-formed UTF-8") end
  return text
end

function Reader:short_text(what, shown)
  local size = self:uint(1, what)
  return self:text(size, 1, what, shown)
end

-- Frames -------------------------------------------------------------------------------------------------------------

local function letter(r, who)
  local number = r:uint(4, "number", field.number)
  r:flags("flags", field.receipt)
  r:short_text("subject", field.subject)
  local body_bytes = r:left()
  r:text(body_bytes, 0, "body", field.body)
  if body_bytes > MAX_BODY_BYTES then
    r:fail(("the body has %d bytes and the limit is %d"):format(body_bytes, MAX_BODY_BYTES))
  end
  return ("%s #%d"):format(who == "*" and "everybody" or who, number)
end

local function colon(about)
  return about == "" and "" or ": " .. about
end

-- What stands behind version and kind; each answers what a list of packets shows behind the kind.
local FIELDS = {
  JOIN = function(r)
    local _, is_proved = r:flags("flags", field.presence, field.proved)
    local name = r:short_text("name", field.name)
    if is_proved then
      r:bytes(CHALLENGE_BYTES, "challenge", field.challenge)
      r:bytes(NONCE_BYTES, "nonce", field.nonce)
      r:bytes(PROOF_BYTES, "proof", field.proof)
    end
    return (name == "" and "without a name" or "as " .. name) .. (is_proved and ", with proof" or "")
  end,
  SEND = function(r) return "to " .. letter(r, r:short_text("recipient", field.name)) end,
  WHO = function(r) return ("request %d"):format(r:uint(4, "request", field.request)) end,
  CONFIRM = function(r)
    local name = r:short_text("sender", field.name)
    return ("of %s #%d"):format(name, r:uint(4, "number", field.number))
  end,
  PING = function(r) return ("%d"):format(r:uint(4, "token", field.token)) end,
  WELCOME = function(r)
    local name = r:short_text("name", field.name)
    if r:left() >= PROOF_BYTES then r:bytes(PROOF_BYTES, "proof", field.proof) end
    return name
  end,
  CHALLENGE = function(r)
    r:bytes(CHALLENGE_BYTES, "challenge", field.challenge)
    return "asks for proof of the secret"
  end,
  DELIVER = function(r) return "from " .. letter(r, r:short_text("sender", field.name)) end,
  CONFIRMED = function(r)
    local name = r:short_text("recipient", field.name)
    return ("by %s #%d"):format(name, r:uint(4, "number", field.number))
  end,
  ROSTER = function(r)
    local request = r:uint(4, "request", field.request)
    local part, parts, people = r:uint(2, "part", field.part), r:uint(2, "parts", field.parts), 0
    while r:left() > 0 do
      r:short_text("name", field.name)
      r:short_text("transport", field.transport)
      people = people + 1
    end
    return ("request %d, part %d of %d: %d people"):format(request, part + 1, parts, people)
  end,
  JOINED = function(r)
    local name = r:short_text("name", field.name)
    return ("%s over %s"):format(name, r:short_text("transport", field.transport))
  end,
  LEFT = function(r)
    local name = r:short_text("name", field.name)
    return name .. colon(r:code(DEPARTURES, "departure", field.departure))
  end,
  REFUSED = function(r)
    local number = r:uint(4, "number", field.number)
    local code = r:code(REFUSALS, "refusal", field.refusal)
    return (number == 0 and "" or ("#%d "):format(number)) .. code .. colon(r:short_text("about", field.about))
  end,
  BYE = function(r)
    local code = r:code(FAREWELLS, "farewell", field.farewell)
    return code .. colon(r:short_text("about", field.about))
  end,
}
FIELDS["DELIVER-TO-ALL"] = FIELDS.DELIVER
FIELDS.PONG = FIELDS.PING

-- Reads a frame to its end; answers its summary. The frame is not empty.
local function read_frame(r)
  local version = r:uint(1, "version", field.version)
  if version ~= PROTOCOL_VERSION then
    r:fail(("version %d is unknown"):format(version))
    return "frame"
  end
  local at = r:take(1, "kind")
  if at == nil then return "frame" end
  local code = r.tvb(at, 1):uint()
  local kind = KINDS[code]
  r:note(field.kind, at, 1, kind or ("%02x"):format(code))
  if kind == nil then
    r:fail(("kind %d is unknown"):format(code))
    return "frame"
  end
  local summary = FIELDS[kind](r)
  if r:left() > 0 then r:fail(("%d bytes too many at the end"):format(r:left())) end
  return r.fault == nil and kind .. " " .. summary or kind
end

-- A frame that may be empty: then it has no meaning but that somebody is there.
local function read_optional(r, otherwise)
  if r:left() == 0 then return otherwise end
  return read_frame(r)
end

-- Datagrams ----------------------------------------------------------------------------------------------------------

local DATAGRAM_BYTES = { HELLO = { 64, 64 }, COOKIE = { 29, 29 }, OPEN = { 30 }, OPENED = { 17 } }

local function read_datagram_rest(r, type)
  local joins = type ~= "DATA" and type ~= "CLOSE" and type ~= "UNKNOWN"
  r:bytes(8, joins and "nonce" or "session", joins and field.nonce or field.session)
  if type == "HELLO" or type == "UNKNOWN" then
    r.at = r.to
    return type
  end
  if type == "DATA" then return read_optional(r, KEEP_ALIVE) end
  if type == "COOKIE" or type == "OPEN" then r:bytes(20, "cookie", field.cookie) end
  if type == "OPENED" then r:bytes(8, "session", field.session) end
  local frame = read_optional(r, "")
  return frame == "" and type or type .. ", " .. frame
end

local function read_datagram(r)
  local size = r:left()
  local at = r:take(1, "type")
  if at == nil then return "datagram" end
  local code = r.tvb(at, 1):uint()
  local type = TYPES[code]
  r:note(field.type, at, 1, type or ("%02x"):format(code))
  if type == nil then
    r:fail(("a datagram that begins with byte %d is not of this protocol"):format(code))
    return "datagram"
  end
  local least, most = 9, nil
  if DATAGRAM_BYTES[type] ~= nil then least, most = DATAGRAM_BYTES[type][1], DATAGRAM_BYTES[type][2] end
  if size < least or size > (most or size) then
    r:fail(("a %s datagram of %d bytes has the wrong length"):format(type, size))
    return type
  end
  return read_datagram_rest(r, type)
end

-- Showing ------------------------------------------------------------------------------------------------------------

local function show(r, from, summary, tree, is_cut)
  summary = one_line(summary)
  local branch = tree:add(lab, r.tvb(from, r.to - from), "transport-lab chat, " .. summary)
  for _, item in ipairs(r.items) do
    local range = r.tvb(item.at, item.size)
    local leaf
    if item.value == nil then leaf = branch:add(item.field, range)
    else leaf = branch:add(item.field, range, item.value) end
    if item.label ~= nil and item.field == field.name then
      leaf:set_text(("%s%s: %s"):format(item.label:sub(1, 1):upper(), item.label:sub(2), item.value))
    end
  end
  if r.fault == nil then return summary end
  branch:add_proto_expert_info(is_cut and cut or malformed, r.fault)
  return summary .. (is_cut and " [cut]" or " [malformed: " .. r.fault .. "]")
end

-- What was told last. A segment that ends one frame and holds others is given here in two parts, and what was told of the
-- first stays before what is told of the second.
local told = ""

local function tell(pinfo, summaries)
  pinfo.cols.protocol = "LAB"
  if #summaries == 0 then return end
  local goes_on = told ~= "" and tostring(pinfo.cols.info):sub(-#told) == told
  told = table.concat(summaries, "; ")
  pinfo.cols.info = (goes_on and "; " or "") .. told
end

local function dissect_datagram(tvb, pinfo, tree)
  if tvb:len() == 0 then return 0 end
  local r = reader(tvb, 0, tvb:len())
  local summary = read_datagram(r)
  local is_cut = tvb:len() < tvb:reported_len()
  if is_cut then
    r:fail(NOT_CAPTURED)
    if summary == KEEP_ALIVE then summary = "DATA" end
  end
  tell(pinfo, { show(r, 0, summary, tree, is_cut) })
  return tvb:len()
end

-- One frame of a stream, or how many bytes are missing to it.
local function read_in_stream(tvb, at)
  local rest = tvb:len() - at
  if rest < LENGTH_BYTES then return nil, nil, DESEGMENT_ONE_MORE_SEGMENT end
  local length = tvb(at, LENGTH_BYTES):uint()
  local is_legal = length <= MAX_FRAME_BYTES
  if is_legal and rest < LENGTH_BYTES + length then return nil, nil, LENGTH_BYTES + length - rest end
  local r = reader(tvb, at, is_legal and at + LENGTH_BYTES + length or tvb:len())
  r:uint(LENGTH_BYTES, "length", field.length)
  if not is_legal then
    r:fail(("a frame of %d bytes is announced and the limit is %d"):format(length, MAX_FRAME_BYTES))
    return r, "stream"
  end
  return r, read_optional(r, KEEP_ALIVE)
end

-- What is left of a frame that no other segment will complete: the capture has only this.
local function show_beginning(tvb, at, tree)
  local r = reader(tvb, at, tvb:len())
  local summary = "frame"
  if r:left() > LENGTH_BYTES then
    r:uint(LENGTH_BYTES, "length", field.length)
    summary = read_frame(r)
  end
  r:fail(NOT_CAPTURED)
  return show(r, at, summary, tree, true)
end

local function dissect_stream(tvb, pinfo, tree)
  local at, summaries = 0, {}
  while at < tvb:len() do
    local r, summary, missing = read_in_stream(tvb, at)
    if r == nil and pinfo.can_desegment > 0 then
      pinfo.desegment_offset = at
      pinfo.desegment_len = missing
      break
    end
    if r == nil then
      table.insert(summaries, show_beginning(tvb, at, tree))
      break
    end
    table.insert(summaries, show(r, at, summary, tree, false))
    at = r.to
  end
  tell(pinfo, summaries)
  return tvb:len()
end

-- Which packets are a chat's -----------------------------------------------------------------------------------------

local TCP_PORTS = 2

function lab.dissector(tvb, pinfo, tree)
  if pinfo.port_type == TCP_PORTS then return dissect_stream(tvb, pinfo, tree) end
  return dissect_datagram(tvb, pinfo, tree)
end

DissectorTable.get("tcp.port"):add(PORT, lab)
DissectorTable.get("udp.port"):add(PORT, lab)

-- A conversation is taken for a chat as soon as one of its packets can hardly be anything else.
local function take(pinfo)
  pinfo.conversation = lab
  return true
end

-- HELLO ends in zeros, and a whole frame is no accident; of the others, a first byte and a length are too little to tell.
local function is_chat_datagram(tvb)
  local r = reader(tvb, 0, tvb:len())
  if read_datagram(r) == "HELLO" and r.fault == nil then return tvb(9, 55):raw() == ("\0"):rep(55) end
  for _, item in ipairs(r.items) do
    if item.field == field.kind then return r.fault == nil end
  end
  return false
end

lab:register_heuristic("udp", function(tvb, pinfo, tree)
  if not is_chat_datagram(tvb) then return false end
  dissect_datagram(tvb, pinfo, tree)
  return take(pinfo)
end)

-- A segment that begins with a whole frame.
lab:register_heuristic("tcp", function(tvb, pinfo, tree)
  local r = read_in_stream(tvb, 0)
  if r == nil or r.fault ~= nil or r.to <= LENGTH_BYTES then return false end
  dissect_stream(tvb, pinfo, tree)
  return take(pinfo)
end)

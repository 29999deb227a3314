-- For KrakenD: makes the JSON request of Kafila's function of an HTTP request, and an HTTP status of its answer.

local ESCAPES = { ['"'] = '\\"', ['\\'] = '\\\\' }

local function quoted(text)
  return '"' .. text:gsub('[%c"\\]', function(c)
    return ESCAPES[c] or string.format('\\u%04x', c:byte())
  end) .. '"'
end

local function text_or_null(text)
  if text == nil or text == '' then
    return 'null'
  end
  return quoted(text)
end

-- name=value, name="value, with commas": up to the first = is the name, and in quotation marks \ makes a character stand for itself.
local function headers_json(text)
  local members = {}
  local at = 1
  while at <= #text do
    local _, blank = text:find('^[%s,]*', at)
    at = blank + 1
    if at > #text then
      break
    end
    local _, name_end, name = text:find('^([^=,]-)%s*=%s*', at)
    if name == nil or name == '' then
      custom_error('message-headers: not name=value', 400)
    end
    at = name_end + 1
    local value
    if text:sub(at, at) == '"' then
      local last = at + 1
      local parts = {}
      while last <= #text and text:sub(last, last) ~= '"' do
        if text:sub(last, last) == '\\' then
          last = last + 1
        end
        parts[#parts + 1] = text:sub(last, last)
        last = last + 1
      end
      if not text:find('^"%s*,', last) and not text:find('^"%s*$', last) then
        custom_error('message-headers: a quotation mark is missing or not at the end', 400)
      end
      value = table.concat(parts)
      at = last + 1
    else
      local _, value_end, plain = text:find('^([^,]-)%s*,', at)
      if plain == nil then
        _, value_end, plain = text:find('^(.-)%s*$', at)
      end
      value = plain
      at = value_end + 1
    end
    members[#members + 1] = quoted(name) .. ':' .. quoted(value)
  end
  return '{' .. table.concat(members, ',') .. '}'
end

function kafila_request(req)
  local body = req:body()
  if body == nil or body == '' then
    body = 'null'
  end
  -- Every member is written, the empty ones as null: Kafila refuses a member that is there twice, so no body can add one.
  req:body('{"body":' .. body
    .. ',"topicName":' .. text_or_null(req:params('Topic'))
    .. ',"key":' .. text_or_null(req:headers('message-key'))
    .. ',"headers":' .. headers_json(req:headers('message-headers') or '')
    .. ',"idempotencyKey":' .. text_or_null(req:headers('Idempotency-Key'))
    .. ',"verbose":null}')
end

function kafila_answer(resp)
  local answer = resp:data()
  local status = tonumber(answer:get('statusCode'))
  if status == nil then
    custom_error('the function gave no answer', 502)
  elseif status ~= 200 then
    custom_error(answer:get('message'), status)
  end
end

// Lets the SQLite addon run on Node-API 9 (Node 20, Electron 33). It is written for Node-API 10, where a
// reference may point at a string; before that only objects could be referenced, and the addon crashed.
// Here each string is kept in a one-property object, and the reference points at that.
#pragma once
#undef NAPI_VERSION
#define NAPI_VERSION 9
#include <napi.h>

namespace Napi {

template <>
inline Reference<String> Reference<String>::New(const String& value, uint32_t initialRefcount) {
  napi_env env = value.Env();
  if (static_cast<napi_value>(value) == nullptr) return Reference<String>(env, nullptr);
  napi_value box;
  napi_ref ref;
  napi_status status = napi_create_object(env, &box);
  NAPI_THROW_IF_FAILED(env, status, Reference<String>());
  status = napi_set_named_property(env, box, "text", value);
  NAPI_THROW_IF_FAILED(env, status, Reference<String>());
  status = napi_create_reference(env, box, initialRefcount, &ref);
  NAPI_THROW_IF_FAILED(env, status, Reference<String>());
  return Reference<String>(env, ref);
}

template <>
inline String Reference<String>::Value() const {
  if (_ref == nullptr) return String(_env, nullptr);
  napi_value box;
  napi_value text;
  napi_status status = napi_get_reference_value(_env, _ref, &box);
  NAPI_THROW_IF_FAILED(_env, status, String());
  status = napi_get_named_property(_env, box, "text", &text);
  NAPI_THROW_IF_FAILED(_env, status, String());
  return String(_env, text);
}

}  // namespace Napi

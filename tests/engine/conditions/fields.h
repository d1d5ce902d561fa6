#pragma once

#include "engine/conditions/check.h"

namespace onewindow {

// A form with a field of each type: area and stock in 平方米 and 件, use, opened, own_house, note.
inline DeclaredFields ShopFields() {
  DeclaredFields fields;
  const auto add = [&](const char* id, const char* name, DeclaredField::Type type,
                       const char* unit = "") {
    DeclaredField& field = *fields.Add();
    field.set_id(id);
    field.set_name(name);
    field.set_type(type);
    field.set_unit(unit);
    return &field;
  };
  add("area", "面积", DeclaredField::DECIMAL, "平方米");
  add("stock", "库存", DeclaredField::INTEGER, "件");
  DeclaredField* use = add("use", "用途", DeclaredField::CHOICE);
  use->add_choices("餐饮");
  use->add_choices("娱乐");
  use->add_choices("仓储");
  add("opened", "开业日期", DeclaredField::DATE);
  add("lease_end", "租期届满", DeclaredField::DATE);
  add("own_house", "自有房屋", DeclaredField::BOOL);
  add("note", "备注", DeclaredField::TEXT);
  return fields;
}

}  // namespace onewindow
